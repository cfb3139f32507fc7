namespace AV1Relay.Domain.Sessions;

/// <summary>Names a booked session.</summary>
public readonly record struct ScheduledSessionId(Guid Value)
{
    /// <summary>The same id as the media and control plane spell it.</summary>
    public SessionId ToSessionId() => SessionId.TryParse(ToString(), out var id)
        ? id
        : throw new InvalidOperationException("A UUID in lower case is a session id.");

    public override string ToString() => Value.ToString("D");
}
