using AV1Relay.WebRtc.Stun;

namespace AV1Relay.WebRtc.Ice;

/// <summary>Whether the peer still wants our traffic (RFC 7675). Its checks keep NAT bindings alive too (RFC 8445 §11).</summary>
internal sealed class IceConsent(IceAgentOptions options, IceRandom random)
{
    private const int MaxOutstanding = 32; // a check a second until consent runs out

    private readonly (StunTransactionId Id, TimeSpan SentAt)[] _sent = new (StunTransactionId, TimeSpan)[MaxOutstanding];
    private int _sentCount;
    private TimeSpan? _unansweredSince;
    private TimeSpan _lastAnswerAt;
    private TimeSpan _nextCheckAt;

    public bool IsRunning { get; private set; }

    public TimeSpan? RoundTrip { get; private set; }

    /// <summary>When the peer last answered; null before it did.</summary>
    public TimeSpan? AnsweredAt => IsRunning ? _lastAnswerAt : null;

    public TimeSpan? NextTimeout
    {
        get
        {
            if (!IsRunning) return null;
            var next = Min(_nextCheckAt, _lastAnswerAt + options.ConsentExpiry);
            return _unansweredSince is { } since && !IsLateReported ? Min(next, since + options.DisconnectedAfter) : next;
        }
    }

    /// <summary>Set by the agent once it has told of the peer's silence, so that it isn't woken for it again.</summary>
    public bool IsLateReported { get; set; }

    public void Start(TimeSpan now, TimeSpan? roundTrip)
    {
        IsRunning = true;
        RoundTrip = roundTrip ?? RoundTrip;
        Answered(now);
    }

    public void Stop() => IsRunning = false;

    public bool IsCheckDue(TimeSpan now) => IsRunning && now >= _nextCheckAt;

    public bool IsLate(TimeSpan now) => IsRunning && _unansweredSince is { } since && now - since >= options.DisconnectedAfter;

    public bool IsExpired(TimeSpan now) => IsRunning && now - _lastAnswerAt >= options.ConsentExpiry;

    /// <summary>A new check with a new id: consent checks are never repeated (RFC 7675 §5.1).</summary>
    public StunTransactionId NewCheck(TimeSpan now)
    {
        var id = random.NextTransactionId();
        _sent[_sentCount++ % MaxOutstanding] = (id, now);
        _unansweredSince ??= now;
        _nextCheckAt = now + options.ConsentRetry;
        return id;
    }

    public bool IsMine(StunTransactionId id, out TimeSpan sentAt)
    {
        foreach (var (sent, at) in _sent.AsSpan(0, Math.Min(_sentCount, MaxOutstanding)))
        {
            sentAt = at;
            if (sent == id) return true;
        }

        sentAt = default;
        return false;
    }

    public void OnAnswer(TimeSpan sentAt, TimeSpan now)
    {
        RoundTrip = now - sentAt;
        Answered(now);
    }

    private void Answered(TimeSpan now)
    {
        _lastAnswerAt = now;
        _unansweredSince = null;
        IsLateReported = false;
        _sentCount = 0;
        _nextCheckAt = now + options.ConsentInterval * (0.8 + 0.4 * random.NextDouble());
    }

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
