namespace AV1Relay.Domain.Safeguarding;

/// <summary>What happens when somebody raises a concern: they are taken to the school's own system, and only that it was raised is kept.</summary>
/// <param name="Raised">To be kept.</param>
/// <param name="Target">What the page opens; null for a pupil, and when the school has not set it.</param>
/// <param name="Words">What the person reads.</param>
public sealed record HandOver(ConcernRaised Raised, Uri? Target, string Words)
{
    /// <summary>
    /// Never refused: where the school has set no route, the person is told to speak to somebody now. A pupil always is: the school's system is one that
    /// staff sign in to, and a child who speaks up is not met by a closed door.
    /// </summary>
    public static HandOver Of(ConcernRaised raised, ConcernRoute? route)
    {
        ArgumentNullException.ThrowIfNull(raised);
        if (raised.ByPupil is not null) return new HandOver(raised, null, "Please tell an adult whom you trust, now. " + Always);
        return new HandOver(raised, route?.Target, route switch
        {
            null => "Please tell the school's designated safeguarding lead in person, now. " + Always,
            { IsEmail: true } => "Please write to the school's safeguarding team. " + Always,
            _ => "Please go on in the school's own safeguarding system. " + Always,
        });
    }

    private const string Always
        = "We keep only that a concern was raised, not what it is. If somebody is in danger at this moment, call 999.";
}
