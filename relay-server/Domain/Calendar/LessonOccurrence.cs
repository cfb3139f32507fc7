using NodaTime;

namespace AV1Relay.Domain.Calendar;

/// <summary>A lesson on one day, as it will really be.</summary>
/// <param name="Date">The day on which the timetable has it: with the lesson's id it names the occurrence, also when that is moved.</param>
/// <param name="Slot">When it is.</param>
/// <param name="Room">Where it is.</param>
/// <param name="Change">What is different from the timetable, and who said so; null when nothing is.</param>
public sealed record LessonOccurrence(Lesson Lesson, LocalDate Date, LocalSlot Slot, RoomId Room, LessonChange? Change);
