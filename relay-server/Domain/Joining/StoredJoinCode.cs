using NodaTime;

namespace AV1Relay.Domain.Joining;

/// <summary>A one-time code that lets a pupil into one session.</summary>
/// <param name="Code">In its canonical spelling.</param>
/// <param name="Session">The session that it opens.</param>
/// <param name="ExpiresAt">Until when it can be used.</param>
/// <param name="SessionEndsAt">Until when the pupil who used it may take part.</param>
/// <param name="UsedAt">When it was used; null before.</param>
/// <param name="GoodFrom">Before this it is as if there were no such code: who guesses has little time for it. Null: from the start.</param>
public sealed record StoredJoinCode(
    string Code, string Session, Instant ExpiresAt, Instant SessionEndsAt, Instant? UsedAt, Instant? GoodFrom = null)
{
    public JoinCodeStanding StandingAt(Instant now)
    {
        if (UsedAt is not null)
            return JoinCodeStanding.Used;
        if (now < GoodFrom)
            return JoinCodeStanding.NotYet;
        return now >= ExpiresAt || now >= SessionEndsAt ? JoinCodeStanding.Expired : JoinCodeStanding.Usable;
    }
}

public enum JoinCodeStanding
{
    Usable,

    /// <summary>Nobody is told that there is such a code.</summary>
    NotYet,
    Used,
    Expired,
}
