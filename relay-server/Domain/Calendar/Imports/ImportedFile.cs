using System.Collections.Immutable;
using NodaTime;

namespace AV1Relay.Domain.Calendar.Imports;

/// <summary>What a calendar file says of one school year, by the school's clocks: plain, with nothing of the file's format left.</summary>
/// <param name="NotUnderstood">What whoever read the file could make nothing of.</param>
public sealed record ImportedFile(ImmutableArray<TimedEvent> Timed, ImmutableArray<WholeDays> Days, ImmutableArray<NotUnderstood> NotUnderstood);

/// <summary>One event at a time of one day; a lesson that is each week is many of these.</summary>
/// <param name="Uid">The file's name for all that are the same event.</param>
/// <param name="Place">Empty: the file names none.</param>
/// <param name="Teacher">What the file calls them; empty: it names nobody.</param>
/// <param name="MovedFrom">The day on which it would have been; null: it is as usual.</param>
public sealed record TimedEvent(string Uid, string Name, string Place, string Teacher, LocalSlot Slot, LocalDate? MovedFrom = null);

/// <summary>An event of whole days: <c>INSET day</c>, <c>Autumn term starts</c>.</summary>
public sealed record WholeDays(string Name, DateInterval Dates);

/// <param name="What">As the file calls it, with its day.</param>
/// <param name="Why">In plain words.</param>
public sealed record NotUnderstood(string What, string Why);

/// <summary>One line of what an import would do.</summary>
/// <param name="What">In words: <c>8B Maths, Monday 10:05</c>.</param>
public sealed record ImportLine(ImportEffect Effect, ImportKind Kind, string What);

public enum ImportEffect
{
    Added,
    Changed,
    Removed,
}

public enum ImportKind
{
    Term,
    Day,
    Room,
    Lesson,

    /// <summary>A lesson on one day.</summary>
    OneDay,
}
