using NodaTime;

namespace AV1Relay.Domain.Joining;

/// <summary>A one-time code that lets a pupil into one session.</summary>
/// <param name="Code">In its canonical spelling.</param>
/// <param name="Session">The session that it opens.</param>
/// <param name="ExpiresAt">Until when it can be used.</param>
/// <param name="SessionEndsAt">Until when the pupil who used it may take part.</param>
/// <param name="UsedAt">When it was used; null before.</param>
public sealed record StoredJoinCode(string Code, string Session, Instant ExpiresAt, Instant SessionEndsAt, Instant? UsedAt)
{
    public JoinCodeStanding StandingAt(Instant now)
    {
        if (UsedAt is not null)
            return JoinCodeStanding.Used;
        return now >= ExpiresAt || now >= SessionEndsAt ? JoinCodeStanding.Expired : JoinCodeStanding.Usable;
    }
}

public enum JoinCodeStanding
{
    Usable,
    Used,
    Expired,
}
