using AV1Relay.Domain.People;
using NodaTime;

namespace AV1Relay.Domain.Calendar;

/// <summary>What is different about a lesson on one day: cancelled, in another room, at another time.</summary>
/// <remarks>Always true: something is different; a cancelled lesson has neither room nor time.</remarks>
public sealed record LessonChange
{
    /// <param name="date">The day on which the timetable has the lesson.</param>
    /// <param name="room">Null: the usual one.</param>
    /// <param name="slot">Null: the usual time. May be on another day.</param>
    /// <param name="act">Who changed it last, when and why.</param>
    /// <exception cref="ArgumentException">Nothing is different, or a cancelled lesson has a room or a time.</exception>
    public LessonChange(LessonId lesson, LocalDate date, bool isCancelled, RoomId? room, LocalSlot? slot, Act act)
    {
        ArgumentNullException.ThrowIfNull(act);
        if (isCancelled == (room is not null || slot is not null))
            throw new ArgumentException("A lesson is cancelled, or it has another room or time.", nameof(isCancelled));
        (Lesson, Date, IsCancelled, Room, Slot, Act) = (lesson, date, isCancelled, room, slot, act);
    }

    public LessonId Lesson { get; private init; }

    public LocalDate Date { get; }

    public bool IsCancelled { get; }

    public RoomId? Room { get; }

    public LocalSlot? Slot { get; }

    public Act Act { get; }

    internal LessonChange Of(LessonId lesson) => this with { Lesson = lesson };
}
