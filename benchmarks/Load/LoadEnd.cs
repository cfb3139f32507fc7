using AV1Relay.WebRtc;
using AV1Relay.WebRtc.Peer;
using AV1Relay.WebRtc.Rtcp;
using AV1Relay.WebRtc.Rtp;

namespace AV1Relay.Benchmarks.Load;

/// <summary>One end of a call at the relay under load; sans-I/O, owned by the generator's thread once it was handed over.</summary>
internal abstract class LoadEnd : IPeerMediaSink, IDisposable
{
    /// <summary>Gets every authentic media packet.</summary>
    public IMediaReceiver? Receiver { get; set; }

    /// <summary>What the relay calls this end; null where it has no name for it.</summary>
    public Uri? Resource { get; set; }

    /// <summary>What it joined with.</summary>
    public string? Credential { get; set; }

    /// <summary>The relay has asked for a keyframe, or none was sent yet.</summary>
    public bool IsKeyframeWanted { get; set; } = true;

    public abstract bool IsReady { get; }

    /// <summary>Where to send; null before there is a path.</summary>
    public abstract TransportAddress? Remote { get; }

    public abstract TimeSpan? NextTimeout { get; }

    public abstract void OnTimeout(TimeSpan now);

    public abstract void OnDatagram(Span<byte> datagram, in TransportAddress remote, TimeSpan now);

    /// <summary>The next datagram that is not media.</summary>
    public abstract bool TryTakeDatagram(Span<byte> destination, out int length, out TransportAddress remote);

    /// <returns>The new length; negative when it can't be sent.</returns>
    public abstract int ProtectRtp(Span<byte> buffer, int length);

    /// <inheritdoc cref="ProtectRtp"/>
    public abstract int ProtectRtcp(Span<byte> buffer, int length);

    /// <summary>What a publisher sends its picture as.</summary>
    public abstract LoadStream Video { get; }

    public abstract LoadStream Audio { get; }

    public abstract void Dispose();

    /// <summary>Writes what is to be told of what came: when its packets did.</summary>
    /// <returns>Bytes of the datagram; 0 when nothing is due.</returns>
    public virtual int WriteDueReport(Span<byte> buffer, TimeSpan now) => 0;

    public virtual void OnRtp(in RtpPacket packet, TimeSpan now) => Receiver?.OnRtp(this, packet, now);

    public void OnRtcp(RtcpReader reader, TimeSpan now)
    {
        while (reader.TryNext(out var packet))
        {
            if (packet.Type == RtcpPacketType.PayloadSpecificFeedback
                && (PictureLoss.TryParse(packet, out _) || FullIntraRequest.TryParse(packet, out _)))
                IsKeyframeWanted = true;
        }
    }
}

internal interface IMediaReceiver
{
    void OnRtp(LoadEnd end, in RtpPacket packet, TimeSpan now);
}

/// <param name="MidExtension">0: none is written.</param>
/// <param name="NumbersExtension">Of transport-wide numbers; 0: none is written.</param>
internal readonly record struct LoadStream(uint Ssrc, byte PayloadType, byte MidExtension, byte NumbersExtension = 0);

/// <summary>How peers come into one kind of relay.</summary>
internal interface IRelayClient : IDisposable
{
    /// <summary>Joins as the one who sends picture and sound to a room.</summary>
    /// <param name="local">The end's own socket.</param>
    Task<LoadEnd> PublishAsync(int room, TransportAddress local, TimeSpan now, CancellationToken cancellationToken);

    /// <summary>Joins as one who receives both.</summary>
    Task<LoadEnd> SubscribeAsync(int room, int subscriber, TransportAddress local, TimeSpan now, CancellationToken cancellationToken);

    /// <summary>Takes one who has joined out of the room again, where the relay has a word for that.</summary>
    Task LeaveAsync(LoadEnd end, CancellationToken cancellationToken) => Task.CompletedTask;
}
