using AV1Relay.Domain.Access;

namespace AV1Relay.StaffConsole.Pages.People;

/// <summary>A role with what it adds, as one choice of a form.</summary>
internal static class TypedRole
{
    public static string Of(Role role, Mandate mandate = Mandate.None) => $"{role}-{mandate}";

    /// <summary>Null: nothing was chosen.</summary>
    public static (Role Role, Mandate Mandate)? Find(string? typed) =>
        typed?.Split('-') is [var first, var second] && Enum.TryParse<Role>(first, out var role) && Enum.IsDefined(role)
        && Enum.TryParse<Mandate>(second, out var mandate) && Enum.IsDefined(mandate) ? (role, mandate) : null;
}
