using AV1Relay.Domain.Refusals;
using AV1Relay.Domain.Safeguarding;
using NodaTime;

namespace AV1Relay.Domain.People;

/// <summary>A school of the authority, with the settings that are its own. Its name is nobody's personal data.</summary>
/// <remarks>Always true: it has a name, and a time zone that is known.</remarks>
public sealed record SchoolCard
{
    /// <param name="zoneId">Of its wall clocks, as the tz database names it: <c>Europe/London</c>.</param>
    /// <param name="afternoonStarts">From then on it is afternoon, as the register counts it.</param>
    /// <param name="concernsTo">Where it takes safeguarding concerns; null until it has said so.</param>
    /// <param name="entered">Who entered or last changed it, when and why.</param>
    /// <exception cref="ArgumentException">No name, or a zone that the tz database doesn't have.</exception>
    public SchoolCard(SchoolId id, string name, string zoneId, LocalTime afternoonStarts, ConcernRoute? concernsTo, Act entered)
    {
        ArgumentNullException.ThrowIfNull(entered);
        if (Check(name, zoneId) is [var first, ..]) throw new ArgumentException(first.ToString());
        (Id, Name, ZoneId, AfternoonStarts, ConcernsTo, Entered) = (id, name.Trim(), zoneId, afternoonStarts, concernsTo, entered);
    }

    public SchoolId Id { get; }

    public string Name { get; }

    public string ZoneId { get; }

    public LocalTime AfternoonStarts { get; }

    public ConcernRoute? ConcernsTo { get; }

    public Act Entered { get; }

    /// <summary>
    /// Whether pupils are named where no sign-in of their own guards it: in calendars on phones, in reminders, on a room's page. Off until the school turns
    /// it on: such places lie open to many eyes.
    /// </summary>
    public bool NamesOutside { get; init; }

    /// <summary>A school as somebody enters it, or changes it under the same id.</summary>
    public static Outcome<SchoolCard> Enter(SchoolId id, string name, string zoneId, LocalTime afternoonStarts, ConcernRoute? concernsTo, Act act)
        => Check(name, zoneId) is { Count: > 0 } refusals
            ? Outcome.Refused<SchoolCard>(refusals)
            : new SchoolCard(id, name, zoneId, afternoonStarts, concernsTo, act);

    public DateTimeZone Zone() => DateTimeZoneProviders.Tzdb[ZoneId];

    public override string ToString() => $"school {Id}";

    private static List<Refusal> Check(string name, string zoneId)
    {
        ArgumentNullException.ThrowIfNull(zoneId);
        var refusals = new List<Refusal>();
        if (string.IsNullOrWhiteSpace(name)) refusals.Add(new Refusal("school.name-missing", "The school has no name yet.", "Enter its name."));
        if (DateTimeZoneProviders.Tzdb.GetZoneOrNull(zoneId) is null)
            refusals.Add(new Refusal("school.zone-unknown", "That is not a time zone that is known here.", "Enter Europe/London, or the zone where the school is."));
        return refusals;
    }
}
