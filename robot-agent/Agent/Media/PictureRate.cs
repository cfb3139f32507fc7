using AV1Relay.WebRtc.CongestionControl;
using AV1Relay.WebRtc.Peer;
using AV1Relay.WebRtc.Rtcp;
using AV1Relay.WebRtc.Sdp;

namespace AV1Relay.RobotAgent.Media;

/// <summary>How much picture may leave the robot, and when its next packet may: what the robot's own way to the relay carries, and what the relay says that the
/// pupil's carries.</summary>
/// <remarks>
/// Sans-I/O; owned by the network thread, but for <see cref="EncoderBps"/>, which any thread may read. Sound asks nobody: it is neither steered nor held back,
/// and goes before every packet of the picture.
/// </remarks>
/// <param name="limits">Of the picture, packets' headers included.</param>
internal sealed class PictureRate(BandwidthLimits limits)
{
    private const double PayloadShare = 0.93; // headers, extensions, tag and repeats take the rest

    private readonly BandwidthEstimator _estimator = new(limits);
    private Pacer _pacer = new(limits.StartBps);
    private int _boundBps = int.MaxValue;
    private int _encoderBps = (int)(PayloadShare * limits.StartBps);
    private int _targetBps = limits.StartBps;
    private bool _isMeasured;

    /// <summary>Bits a second, on the wire.</summary>
    public int TargetBps => _targetBps;

    /// <summary>What the encoder is to aim at, bits a second. Any thread.</summary>
    public int EncoderBps => Volatile.Read(ref _encoderBps);

    /// <summary>How long a packet waits on the way to the relay, as its last report tells.</summary>
    public TimeSpan Queue => _estimator.Queue;

    /// <summary>Takes what the answer agreed on. Where the relay doesn't tell when packets came, the picture is sent as large as the limits allow.</summary>
    public void Begin(NegotiatedMedia picture, TimeSpan now)
    {
        _isMeasured = picture.ExtensionId(RtpExtensionUris.TransportWideCc) is not null && picture.Codec?.RtcpFeedback.Contains("transport-cc") == true;
        SetTarget(now);
    }

    /// <summary>The transport-wide number of the picture's next packet, repeats included.</summary>
    public ushort NextSequenceNumber() => _estimator.NextSequenceNumber();

    /// <summary>The packet that was numbered last has been sent.</summary>
    /// <param name="bytes">Of the datagram.</param>
    public void OnSent(int bytes, TimeSpan now)
    {
        _estimator.OnSent(bytes, now);
        _pacer.OnSent(bytes, now);
    }

    /// <summary>A packet of sound has been sent: the picture's next one waits for the room that it took.</summary>
    public void OnSoundSent(int bytes, TimeSpan now) => _pacer.OnSent(bytes, now);

    /// <summary>How long the picture's next packet has to wait; zero when it may go.</summary>
    public TimeSpan Wait(TimeSpan now) => _pacer.Wait(now);

    /// <inheritdoc cref="Pacer.MayRepeat"/>
    public bool MayRepeat(TimeSpan now) => _pacer.MayRepeat(now);

    /// <summary>Takes what the relay says of the path, and passes over everything else.</summary>
    /// <param name="ssrc">The picture's.</param>
    public void OnRtcp(in RtcpPacket packet, uint ssrc, TimeSpan now)
    {
        if (TransportFeedback.TryParse(packet, out var feedback))
        {
            _estimator.OnFeedback(feedback, now);
        }
        else if (ReceiverEstimatedBitrate.TryParse(packet, out var estimate) && Names(estimate, ssrc))
        {
            _boundBps = (int)Math.Min(estimate.BitrateBps, int.MaxValue);
        }
        else
        {
            return;
        }

        SetTarget(now);
    }

    /// <summary>To be called twice a second or more.</summary>
    public void OnTimeout(TimeSpan now)
    {
        _estimator.OnTimeout(now);
        SetTarget(now);
    }

    private void SetTarget(TimeSpan now)
    {
        var own = _isMeasured ? _estimator.TargetBps : limits.MaximumBps;
        _targetBps = Math.Max(limits.MinimumBps, Math.Min(own, _boundBps));
        _pacer.SetRate(_targetBps, now);
        Volatile.Write(ref _encoderBps, (int)(PayloadShare * _targetBps));
    }

    private static bool Names(in ReceiverEstimatedBitrate estimate, uint ssrc)
    {
        for (var i = 0; i < estimate.Count; i++)
        {
            if (estimate[i] == ssrc) return true;
        }

        return false;
    }
}
