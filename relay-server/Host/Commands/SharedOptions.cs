using System.CommandLine;
using AV1Relay.Domain.Refusals;
using AV1Relay.Domain.Sessions;
using AV1Relay.RelayServer.Data;

namespace AV1Relay.RelayServer.Commands;

/// <summary>Options that several commands have.</summary>
internal static class SharedOptions
{
    internal const int MaxCount = 10_000;

    /// <param name="isMade">Whether the command makes a relay's data; all others refuse a folder without, since it was mistyped.</param>
    public static Option<string> Data(bool isMade = false) => new("--data")
    {
        Description = isMade
            ? "Folder of the relay's database, keys and certificates; made when it is not there."
            : "Folder of the relay's database, keys and certificates, as relay-server serve was given it.",
        HelpName = "DIR",
        Required = true,
    };

    /// <exception cref="CommandException">There is no relay's data, and none is made.</exception>
    public static string Existing(string data) =>
        DataDirectory.OpenExisting(data) is null
            ? throw new CommandException($"There is no relay's data in {data}: look at --data, or make it with relay-server serve.")
            : data;

    /// <summary>For commands that make no relay's data.</summary>
    /// <exception cref="CommandException">There is none, or it can't be used; in words.</exception>
    public static Task<RelayData> OpenAsync(string data, TimeProvider time, CancellationToken cancellationToken) =>
        RelayData.OpenAsync(Existing(data), time, cancellationToken);

    /// <exception cref="CommandException">It was refused; with why, and what to do.</exception>
    public static T Done<T>(Outcome<T> outcome)
        where T : class =>
        outcome.TryGet(out var value, out var refusals) ? value : throw new CommandException(string.Join(Environment.NewLine, refusals));

    public static Option<bool> Json() => new("--json") { Description = "Print JSON." };

    public static Option<TimeSpan> Ttl(string description, TimeSpan standard) => new("--ttl")
    {
        Description = description,
        HelpName = "TIME",
        CustomParser = Durations.Parse,
        DefaultValueFactory = _ => standard,
    };

    public static Option<int> Count(string description)
    {
        var count = new Option<int>("--count") { Description = description, HelpName = "N", DefaultValueFactory = _ => 1 };
        count.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > MaxCount)
                result.AddError($"--count is between 1 and {MaxCount}.");
        });
        return count;
    }

    public static Option<string> Session() => new("--session")
    {
        Description = $"Id of an ad-hoc session: 1 to {SessionId.MaxLength} characters of a–z, 0–9 and '-'.",
        HelpName = "ID",
        Required = true,
    };

    /// <exception cref="CommandException">Not the id of an ad-hoc session.</exception>
    public static SessionId ParseSession(string text) =>
        SessionId.TryParseAdHoc(text, out var id, out var problem) ? id : throw new CommandException($"--session {text}: {problem}");
}
