namespace AV1Relay.Domain.Calendar;

/// <summary>Names a lesson of the timetable: every week of it, not one day's.</summary>
public readonly record struct LessonId(Guid Value)
{
    public override string ToString() => Value.ToString();
}

public readonly record struct RoomId(Guid Value)
{
    public override string ToString() => Value.ToString();
}
