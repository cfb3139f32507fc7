namespace AV1Relay.RobotAgent.Safety;

/// <summary>Whether a camera or a microphone is open, and when one that failed may be tried again.</summary>
/// <remarks>Sans-I/O.</remarks>
internal sealed class CaptureHealth
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(8);
    private TimeSpan _pause = FirstPause;
    private TimeSpan? _retryAt;

    /// <summary>The device delivers; true from before its opening until after its closing.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>What is wrong, in words; stays until it works again.</summary>
    public string? Fault { get; private set; }

    public TimeSpan? NextTimeout => _retryAt;

    public bool MayTry(TimeSpan now) => _retryAt is not { } at || now >= at;

    public void OnTimeout(TimeSpan now)
    {
        if (MayTry(now)) _retryAt = null;
    }

    public void OnOpening() => IsOpen = true;

    /// <summary>It delivers pictures or sound.</summary>
    public void OnDelivering() => (Fault, _pause) = (null, FirstPause);

    public void OnClosed() => IsOpen = false;

    public void OnFailed(string fault, TimeSpan now)
    {
        IsOpen = false;
        Fault = fault;
        _retryAt = now + _pause;
        _pause = Min(_pause * 2, LongestPause);
    }

    /// <summary>Somebody changed something that may have mended it (power came back): try at once.</summary>
    public void OnChanged() => (_retryAt, _pause, Fault) = (null, FirstPause, null);

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
