using System.Globalization;
using AV1Relay.Domain.Privacy;
using AV1Relay.Domain.Safeguarding;
using AV1Relay.Domain.Settings;

namespace AV1Relay.StaffConsole.Pages.Settings;

/// <summary>Settings as people read them.</summary>
internal static class SettingsWords
{
    public static string Of(LimitGroup group) => group switch
    {
        LimitGroup.Reviews => "Reviews",
        LimitGroup.Prompts => "What needs somebody",
        LimitGroup.Arrangements => "Reduced timetables",
        LimitGroup.Suggestions => "Suggestions about steps",
        LimitGroup.Sessions => "Sessions",
        _ => "Who sees how much",
    };

    public static string Of(AuthorityLimit limit, AuthoritySettings settings) =>
        limit.Of(settings) is { } number ? string.Create(CultureInfo.InvariantCulture, $"{number} {limit.Unit}") : "no limit of the authority's own";

    /// <summary>Without its scheme where it is an address of e-mail.</summary>
    public static string Of(ConcernRoute route) => route.IsEmail ? route.Target.OriginalString["mailto:".Length..] : route.Target.ToString();

    public static string Of(RetentionClass @class) => @class switch
    {
        RetentionClass.Telemetry => "Figures of links and robots",
        RetentionClass.SessionDetail => "What happened in a session",
        RetentionClass.PlanRecord => "Plans and what belongs to them",
        RetentionClass.AttendanceLike => "Ledger and days missed",
        RetentionClass.ConcernRaised => "That a concern was raised",
        _ => "Adults, once nobody needs them here",
    };

    public static string Of(DeletionCause cause) => cause == DeletionCause.Erasure ? "Erasure was asked for" : "Its time was over";

    /// <summary>Null: none.</summary>
    public static string? HoldsOn(IEnumerable<LegalHold> holds, RetentionClass @class)
    {
        var count = holds.Count(hold => hold.Class is null || hold.Class == @class);
        return count switch
        {
            0 => null,
            1 => "One legal hold is in force",
            _ => string.Create(CultureInfo.InvariantCulture, $"{count} legal holds are in force"),
        };
    }
}
