using AV1Relay.Domain.Joining;
using NodaTime;

namespace AV1Relay.Storage.Joining;

internal sealed class JoinCodeRow
{
    public required string Code { get; set; }

    public required string Session { get; set; }

    public required Instant ExpiresAt { get; set; }

    public required Instant SessionEndsAt { get; set; }

    public Instant? UsedAt { get; set; }

    public Instant? GoodFrom { get; set; }

    public static JoinCodeRow Of(StoredJoinCode code) => new()
    {
        Code = code.Code,
        Session = code.Session,
        ExpiresAt = code.ExpiresAt,
        SessionEndsAt = code.SessionEndsAt,
        GoodFrom = code.GoodFrom,
    };

    public StoredJoinCode ToCode() => new(Code, Session, ExpiresAt, SessionEndsAt, UsedAt, GoodFrom);
}
