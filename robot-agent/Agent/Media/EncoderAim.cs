using AV1Relay.Codecs;

namespace AV1Relay.RobotAgent.Media;

/// <summary>What is asked of the encoder, from what the path carries: which pictures, at how many bits a second, and whether a change is worth what it costs.</summary>
/// <remarks>
/// Sans-I/O, owned by the camera's loop. An encoder that can't change in place is opened anew and begins with a keyframe, which is large: on a path that
/// wavers this is kept rare, most of all upwards.
/// </remarks>
/// <param name="fullFrameRateBps">Below it, pictures are left out, so that those that are sent can be seen; bits a second.</param>
internal sealed class EncoderAim(int fullFrameRateBps)
{
    private const double WorthChanging = 0.02;
    private const double AsGoodAsMore = 1.15; // on the verge between two frame rates the lower one stays
    private static readonly TimeSpan LoweredAfter = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan RaisedAfter = TimeSpan.FromSeconds(2);
    private TimeSpan? _changedAt;

    /// <summary>Every how many pictures one is sent.</summary>
    public int EveryNth { get; private set; } = 1;

    /// <summary>What to have the encoder aim at, bits a second; it counts with every picture, sent or not.</summary>
    public int BitrateBps { get; private set; }

    /// <param name="pathBps">What may be sent, bits a second.</param>
    public void Follow(int pathBps)
    {
        EveryNth = Math.Max(EveryNthAt(pathBps), Math.Min(EveryNth, EveryNthAt((int)(pathBps / AsGoodAsMore))));
        BitrateBps = pathBps * EveryNth;
    }

    /// <summary>An encoder has just been opened.</summary>
    public void OnOpened(TimeSpan now) => _changedAt = now;

    /// <summary>Whether the encoder is to be told of <see cref="BitrateBps"/> now.</summary>
    /// <param name="encoderBps">What it aims at.</param>
    /// <param name="isInPlace">Whether it changes without being opened anew.</param>
    /// <param name="now">Monotonic.</param>
    public bool IsChangeDue(int encoderBps, bool isInPlace, TimeSpan now)
    {
        var apart = Math.Abs(BitrateBps - encoderBps);
        if (isInPlace) return apart > WorthChanging * BitrateBps;
        if (apart <= VideoEncoder.OpenedAnewBeyond * encoderBps) return false;
        if (now - _changedAt < (BitrateBps < encoderBps ? LoweredAfter : RaisedAfter)) return false;
        _changedAt = now;
        return true;
    }

    private int EveryNthAt(int bps) => (fullFrameRateBps - 1) / Math.Max(1, bps) + 1;
}
