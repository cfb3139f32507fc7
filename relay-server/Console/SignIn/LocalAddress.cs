namespace AV1Relay.StaffConsole.SignIn;

/// <summary>Where to go after signing in: nowhere but to our own pages.</summary>
internal static class LocalAddress
{
    public const string Home = "/staff";

    public static string OrHome(string? next) => IsOurs(next) ? next! : Home;

    public static string With(string page, string? next) => IsOurs(next) ? $"{page}?next={Uri.EscapeDataString(next!)}" : page;

    private static bool IsOurs(string? next) =>
        next is not null && (next == Home || next.StartsWith("/staff/", StringComparison.Ordinal) || next.StartsWith("/staff?", StringComparison.Ordinal))
        && !next.Contains('\\', StringComparison.Ordinal) && !next.Contains("//", StringComparison.Ordinal);
}
