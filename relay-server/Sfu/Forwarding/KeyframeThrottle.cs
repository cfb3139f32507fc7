namespace AV1Relay.Sfu.Forwarding;

/// <summary>Merges the keyframe requests of all subscribers into few to the publisher.</summary>
/// <remarks>The first goes out at once; those within the interval become one at its end, unless a keyframe comes before. Sans-I/O.</remarks>
internal sealed class KeyframeThrottle(TimeSpan interval)
{
    private TimeSpan? _sentAt;
    private bool _isPending;

    /// <summary>When <see cref="TryTakeDue"/> will next say yes; null while nothing is asked for.</summary>
    public TimeSpan? NextTimeout => _isPending && _sentAt is { } sentAt ? sentAt + interval : null;

    /// <summary>When a request last went out; null when none has.</summary>
    public TimeSpan? SentAt => _sentAt;

    /// <returns>True when the request is to be sent now; false when it was merged.</returns>
    public bool Request(TimeSpan now)
    {
        if (_sentAt is { } sentAt && now - sentAt < interval)
        {
            _isPending = true;
            return false;
        }

        _sentAt = now;
        _isPending = false;
        return true;
    }

    /// <summary>Whether the merged request is due; it counts as sent then.</summary>
    public bool TryTakeDue(TimeSpan now)
    {
        if (NextTimeout is not { } due || now < due) return false;
        _sentAt = now;
        _isPending = false;
        return true;
    }

    /// <summary>What everybody waited for is here.</summary>
    public void OnKeyframe() => _isPending = false;
}
