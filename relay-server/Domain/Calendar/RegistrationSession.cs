using NodaTime;

namespace AV1Relay.Domain.Calendar;

/// <summary>
/// Half a school day, as the register counts it (SI 1999/3181 reg. 3(1): a day is two sessions with a break between them).
/// Not a session with the robot.
/// </summary>
public readonly record struct RegistrationSession(LocalDate Date, RegistrationHalf Half)
{
    /// <summary>The half in which a slot starts.</summary>
    /// <param name="afternoonStarts">A setting of the school: from then on it is afternoon.</param>
    public static RegistrationSession Of(LocalSlot slot, LocalTime afternoonStarts)
    {
        ArgumentNullException.ThrowIfNull(slot);
        return new(slot.Date, slot.Start < afternoonStarts ? RegistrationHalf.Morning : RegistrationHalf.Afternoon);
    }

    /// <summary><c>2026-03-02 AM</c>.</summary>
    public override string ToString() => $"{Date:uuuu'-'MM'-'dd} {(Half is RegistrationHalf.Morning ? "AM" : "PM")}";
}

public enum RegistrationHalf
{
    Morning,
    Afternoon,
}
