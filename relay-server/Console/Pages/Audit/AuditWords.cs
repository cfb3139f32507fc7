using System.Globalization;
using AV1Relay.Domain.Audit;
using AV1Relay.StaffConsole.Layout;
using NodaTime;
using NodaTime.Text;

namespace AV1Relay.StaffConsole.Pages.Audit;

/// <summary>Entries of the audit as people read them.</summary>
internal static class AuditWords
{
    private static readonly LocalDateTimePattern When = LocalDateTimePattern.Create("d MMM uuuu, HH:mm:ss", CultureInfo.InvariantCulture);

    public static string Of(LocalDateTime at) => When.Format(at);

    public static string Of(AuditKind kind) => kind switch
    {
        AuditKind.Look => "Looked at",
        AuditKind.Change => "Changed",
        AuditKind.Booking => "Bookings and answers",
        AuditKind.Join => "Joined a session",
        AuditKind.Refusal => "Turned away",
        AuditKind.Pause => "Paused a session",
        AuditKind.End => "Ended a session",
        AuditKind.Enrolment => "Robots and devices",
        _ => "Rights given and ended",
    };

    /// <summary><c>plan.stepped-up</c> is "Plan: stepped up".</summary>
    public static string Of(AuditEntry entry) => Words.Capital(entry.What.Replace(".", ": ", StringComparison.Ordinal).Replace('-', ' '));

    /// <summary>Who did it where no card names them.</summary>
    public static string Actor(string who) => who switch
    {
        "relay" => "The relay itself",
        "link" => "By a link or a code",
        _ => who.StartsWith("person ", StringComparison.Ordinal) ? "Somebody without a name here" : Words.Capital(who),
    };

    public static string Value(string written) => written.StartsWith("version ", StringComparison.Ordinal) ? $"{written} of the record" : written.Length == 0 ? "empty" : written;

    /// <summary>The first id in it: of <c>person 0f… at plan 1a…</c>, the person's.</summary>
    public static Guid? IdIn(string subject) => subject.Split(' ').Where(IsId).Select(Guid.Parse).Cast<Guid?>().FirstOrDefault();

    /// <summary>What an id is of, without ids.</summary>
    public static string KindIn(string subject)
    {
        var words = string.Join(' ', subject.Split(' ').Where(word => !IsId(word)));
        return !IsId(subject.Split(' ')[0]) ? Words.Capital(words) : $"Session {words}".TrimEnd();
    }

    private static bool IsId(string word) => Guid.TryParseExact(word, "D", out _);
}
