using AV1Relay.Hardware.Lights;

namespace AV1Relay.RobotAgent.Safety;

/// <summary>What the ring is known to show: only what it confirmed, and only for a moment.</summary>
/// <remarks>Sans-I/O. The light loop shows a frame at least ten times a second; one that hangs is a failure as well.</remarks>
internal sealed class LightsWatch
{
    /// <summary>How long a confirmation is good for.</summary>
    public static readonly TimeSpan GoodFor = TimeSpan.FromSeconds(1);

    private LightSign? _shown;
    private TimeSpan _shownAt;

    /// <summary>Why the ring can't be relied on, in words; null while it works.</summary>
    public string? Problem { get; private set; }

    public TimeSpan? NextTimeout => _shown is null ? null : _shownAt + GoodFor;

    /// <summary>Null: nobody knows what it shows.</summary>
    public LightSign? Shows(TimeSpan now) => _shown is { } sign && now < _shownAt + GoodFor ? sign : null;

    public void OnShown(LightSign sign, TimeSpan now) => (_shown, _shownAt, Problem) = (sign, now, null);

    public void OnFailed(string problem) => (_shown, Problem) = (null, problem);

    public void OnTimeout(TimeSpan now)
    {
        if (_shown is null || now < _shownAt + GoodFor) return;
        OnFailed("The light ring has not answered for a second: check its cable.");
    }
}
