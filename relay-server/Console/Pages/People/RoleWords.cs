using System.Globalization;
using AV1Relay.Domain.Access;
using AV1Relay.StaffConsole.Layout;
using NodaTime;
using NodaTime.Text;

namespace AV1Relay.StaffConsole.Pages.People;

/// <summary>What a role is and how long it holds, as people say it.</summary>
internal static class RoleWords
{
    public static string NameOf(Assignment role) => role.Mandate switch
    {
        Mandate.AgreesToReducedTimetables => $"{Words.Of(role.Role)}, authorised to agree to reduced timetables",
        Mandate.ReadsConfidentialParts => $"{Words.Of(role.Role)}, reads confidential parts too",
        _ => Words.Of(role.Role),
    };

    public static string Until(Assignment role, DateTimeZone zone) => role.Until is { } until ? Words.Of(LastDayOf(until, zone)) : "no end";

    public static string Standing(Assignment role, AssignmentStanding standing, DateTimeZone zone) => (standing, role) switch
    {
        (AssignmentStanding.Ended, { Ended: { } ended }) => $"ended on {Words.Of(ended.At.InZone(zone).Date)}",
        (AssignmentStanding.Ended, { Until: { } until }) => $"ended after {Words.Of(LastDayOf(until, zone))}",
        (AssignmentStanding.NotBegun, _) => $"from {Words.Of(role.From.InZone(zone).Date)}",
        (_, { Until: { } until }) => $"until {Words.Of(LastDayOf(until, zone))}",
        _ => "until somebody ends it",
    };

    /// <summary>A day of another year: a date of birth.</summary>
    public static string Day(LocalDate date) => LocalDatePattern.Create("d MMMM uuuu", CultureInfo.InvariantCulture).Format(date);

    /// <summary>It is over at the first moment of the day after.</summary>
    private static LocalDate LastDayOf(Instant until, DateTimeZone zone) => (until - Duration.Epsilon).InZone(zone).Date;
}
