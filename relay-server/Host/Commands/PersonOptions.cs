using System.CommandLine;

namespace AV1Relay.RelayServer.Commands;

/// <summary>Options that name a person, a school or a plan.</summary>
internal static class PersonOptions
{
    public static Option<Guid> Id(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "UUID",
        CustomParser = result =>
        {
            if (result.Tokens is [var token] && Guid.TryParseExact(token.Value, "D", out var id)) return id;
            result.AddError($"{name} is a UUID such as 6c1f2f0e-6f0b-4f57-9f0a-1d2a3b4c5d6e.");
            return Guid.Empty;
        },
    };
}
