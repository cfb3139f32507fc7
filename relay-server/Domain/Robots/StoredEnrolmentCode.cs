using AV1Relay.Domain.People;
using NodaTime;

namespace AV1Relay.Domain.Robots;

/// <summary>An enrolment code as the relay keeps it: once used, dead or over, it is only a record of itself.</summary>
/// <param name="Id">The part that names it.</param>
/// <param name="Secret">The part that never travels; empty once the code has been used.</param>
/// <param name="ExpiresAt">The end of its time.</param>
/// <param name="WrongTries">How often somebody named it without knowing its secret.</param>
/// <param name="UsedAt">When a robot used it; null before.</param>
/// <param name="School">Where the robot that uses it belongs from then on; null: whoever has the whole authority says so later.</param>
public sealed record StoredEnrolmentCode(
    string Id, string Secret, Instant ExpiresAt, int WrongTries, Instant? UsedAt, SchoolId? School = null)
{
    /// <summary>After so many wrong tries a code is dead.</summary>
    public const int MaxWrongTries = 5;

    public EnrolmentCodeStanding StandingAt(Instant now)
    {
        if (UsedAt is not null)
            return EnrolmentCodeStanding.Used;
        if (WrongTries >= MaxWrongTries)
            return EnrolmentCodeStanding.Dead;
        return now >= ExpiresAt ? EnrolmentCodeStanding.Expired : EnrolmentCodeStanding.Usable;
    }
}

public enum EnrolmentCodeStanding
{
    Usable,
    Used,

    /// <summary>Tried wrongly too often.</summary>
    Dead,
    Expired,
}
