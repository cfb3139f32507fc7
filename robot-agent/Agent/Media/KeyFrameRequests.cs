namespace AV1Relay.RobotAgent.Media;

/// <summary>Turns any number of keyframe requests into few keyframes: the first at once, those within the next 200 ms into one more.</summary>
/// <remarks>Sans-I/O. Thread-safe: the network thread asks, the encoder's loop takes.</remarks>
internal sealed class KeyFrameRequests
{
    private static readonly TimeSpan Merge = TimeSpan.FromMilliseconds(200);
    private readonly Lock _lock = new();
    private bool _isWanted;
    private TimeSpan? _lastForced;

    public void Ask()
    {
        lock (_lock) _isWanted = true;
    }

    /// <summary>Whether the frame about to be encoded has to be a keyframe.</summary>
    public bool Take(TimeSpan now)
    {
        lock (_lock)
        {
            if (!_isWanted || now - _lastForced < Merge) return false;
            _isWanted = false;
            _lastForced = now;
            return true;
        }
    }
}
