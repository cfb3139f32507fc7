namespace AV1Relay.RobotAgent.Media;

/// <summary>
/// A wall clock that runs on evenly from where it began, whatever is done to the machine's: a board without a clock of its own boots in
/// the past and is set right by NTP, perhaps in the middle of a lesson, and RTP timestamps must not jump with it (RFC 3550 §4 asks of the
/// clock in sender reports only that the streams of one participant share it). For capturing and sending; never for deciding what is allowed.
/// </summary>
/// <param name="time">The machine's time: its wall clock is read once, its monotonic clock from then on.</param>
internal sealed class SteadyTime(TimeProvider time) : TimeProvider
{
    private readonly DateTimeOffset _began = time.GetUtcNow();
    private readonly long _mark = time.GetTimestamp();

    public override long TimestampFrequency => time.TimestampFrequency;

    public override TimeZoneInfo LocalTimeZone => time.LocalTimeZone;

    public override DateTimeOffset GetUtcNow() => _began + time.GetElapsedTime(_mark);

    public override long GetTimestamp() => time.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        time.CreateTimer(callback, state, dueTime, period);
}
