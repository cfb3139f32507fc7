namespace AV1Relay.StaffConsole.SignIn;

/// <summary>Why somebody comes back from the school's sign-in without being let in; the address of the sign-in page says which.</summary>
internal static class SchoolProblems
{
    public const string Unknown = "unknown";
    public const string Stale = "stale";
    public const string SomebodyElses = "somebody-elses";
    public const string Down = "down";
    public const string NotFinished = "not-finished";
    public const string NotAgain = "not-again";

    public static string Of(SchoolSignIn.Arrival arrival) => arrival switch
    {
        SchoolSignIn.Arrival.StaleInvitation => Stale,
        SchoolSignIn.Arrival.SomebodyElses => SomebodyElses,
        SchoolSignIn.Arrival.NotAgain => NotAgain,
        _ => Unknown,
    };

    public static string PageOf(string problem) => $"/staff/sign-in?school={problem}";

    /// <summary>Null: there is none.</summary>
    /// <param name="name">Of the school's sign-in.</param>
    public static string? WordsOf(string? problem, string name) => problem switch
    {
        Unknown => $"You are signed in with {name}, but nobody has invited you here with it yet. Ask your school's administrator for an invitation, and open its link.",
        Stale => "This invitation has been used or is too old. Ask for a new one from who invited you.",
        SomebodyElses => $"This sign-in with {name} belongs to somebody else here. Sign out of {name}, sign in there as yourself, and open the invitation again.",
        Down => $"{name} does not answer at the moment. Try again in a few minutes, or sign in another way. If it goes on, tell your technician.",
        NotAgain => $"{name} did not say that you have signed in there just now. Sign out of {name} and come in again, or sign in with a passkey or with password and code.",
        NotFinished => $"The sign-in with {name} was not finished. Try again from here.",
        _ => null,
    };
}
