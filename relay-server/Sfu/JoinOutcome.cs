namespace AV1Relay.Sfu;

public abstract record JoinOutcome
{
    private JoinOutcome()
    {
    }

    /// <param name="ResourceId">Unguessable; names the connection in later requests.</param>
    /// <param name="AnswerSdp">The complete answer, the relay's candidates included.</param>
    /// <param name="ETag">The ICE session's entity tag with its quotes, as HTTP writes it.</param>
    /// <param name="FencingNumber">Higher than that of every earlier connection to this relay.</param>
    public sealed record Joined(string ResourceId, string AnswerSdp, string ETag, ulong FencingNumber) : JoinOutcome;

    /// <summary>Nothing has changed.</summary>
    /// <param name="Detail">What to do about it, in words for whoever made the offer.</param>
    public sealed record Refused(JoinRefusal Reason, string Detail) : JoinOutcome;
}

public enum JoinRefusal
{
    /// <summary>The offer can't be read.</summary>
    MalformedOffer,

    /// <summary>The offer has no media that this role may have here, or no codec that both sides know.</summary>
    NothingUsable,

    /// <summary>Another identity has the place.</summary>
    SomebodyElseIsThere,

    /// <summary>A limit of <see cref="SfuOptions"/> is reached.</summary>
    TooMany,

    /// <summary>The grant's window has ended.</summary>
    WindowHasEnded,

    /// <summary>This relay takes nobody any more.</summary>
    Draining,
}
