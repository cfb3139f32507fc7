using System.Buffers.Binary;
using AV1Relay.WebRtc.Rtcp;
using AV1Relay.WebRtc.Rtp;
using AV1Relay.WebRtc.Sdp;

namespace AV1Relay.WebRtc.Peer;

/// <summary>Gives back what the other end sends: each packet as one of ours, each request for a key frame of ours as one for theirs.</summary>
/// <remarks>
/// The sink of an <see cref="AnsweringPeer"/> whose sections go both ways; an answer keeps the offer's payload types, so only sources change.
/// What has come waits in a ring of kept buffers until <see cref="TryTakeDatagram"/> takes it; when that is full, what comes is lost, as in the
/// network. One thread, the peer's.
/// </remarks>
public sealed class MediaEcho : IPeerMediaSink
{
    private const int Slots = 128;
    private const int MaxPacket = 1_500; // bytes

    private readonly byte[]?[] _packets = new byte[Slots][];
    private readonly Entry[] _entries = new Entry[Slots];
    private readonly uint[] _heard = new uint[SdpLimits.MediaSections]; // where each section's media comes from, once it does
    private int _head;
    private int _count;

    public void OnRtp(in RtpPacket packet, TimeSpan now)
    {
        if (_count == Slots || packet.Datagram.Length > MaxPacket) return;
        var slot = (_head + _count++) % Slots;
        packet.Datagram.CopyTo(_packets[slot] ??= new byte[MaxPacket]);
        _entries[slot] = new Entry(packet.Datagram.Length, RequestedSsrc: 0);
    }

    public void OnRtcp(RtcpReader reader, TimeSpan now)
    {
        while (reader.TryNext(out var packet))
        {
            if (PictureLoss.TryParse(packet, out var loss)) Request(loss.MediaSsrc);
            if (!FullIntraRequest.TryParse(packet, out var request)) continue;
            for (var i = 0; i < request.Count; i++) Request(request[i].MediaSsrc);
        }
    }

    /// <summary>The next packet that goes back, protected. What fits no section of the peer's that sends is passed over.</summary>
    /// <param name="destination">At least 1,600 bytes; a longer packet than fits is passed over as well.</param>
    public bool TryTakeDatagram(AnsweringPeer peer, Span<byte> destination, out int length, out TransportAddress local, out TransportAddress remote)
    {
        (length, local, remote) = (0, default, default);
        while (_count > 0)
        {
            var slot = _head;
            _head = (_head + 1) % Slots;
            _count--;
            var entry = _entries[slot];
            length = entry.Length == 0 ? WriteRequest(peer, entry.RequestedSsrc, destination) : WriteBack(peer, _packets[slot].AsSpan(0, entry.Length), destination);
            if (length <= 0 || peer.Selected is not { } path) continue;
            (local, remote) = path;
            return true;
        }

        length = 0;
        return false;
    }

    private void Request(uint ssrc)
    {
        if (_count == Slots) return;
        _entries[(_head + _count++) % Slots] = new Entry(Length: 0, ssrc);
    }

    private int WriteBack(AnsweringPeer peer, ReadOnlySpan<byte> datagram, Span<byte> destination)
    {
        if (RtpPacket.TryParse(datagram, out var packet) != RtpParseError.None || !datagram.TryCopyTo(destination)) return -1;
        var index = FindSection(peer.Media, packet);
        if (index < 0) return -1;
        var media = peer.Media[index];
        var isRepeat = IsRepeat(media, packet.PayloadType);
        if (!isRepeat) _heard[index] = packet.Ssrc;
        if ((isRepeat ? media.LocalRtxSsrc : media.LocalSsrc) is not { } ssrc) return -1;
        BinaryPrimitives.WriteUInt32BigEndian(destination[8..], ssrc); // RFC 3550 §5.1
        return peer.ProtectRtp(destination, datagram.Length);
    }

    private int WriteRequest(AnsweringPeer peer, uint requested, Span<byte> destination)
    {
        for (var i = 0; i < peer.Media.Count; i++)
        {
            if (peer.Media[i].LocalSsrc != requested || _heard[i] == 0) continue;
            var length = RtcpWriter.WriteReceiverReport(destination, requested); // feedback alone would need reduced-size RTCP
            return peer.ProtectRtcp(destination, length + RtcpWriter.WritePli(destination[length..], requested, _heard[i]));
        }

        return -1;
    }

    /// <summary>By source, else by mid, else by payload type (RFC 9143 §9.2); -1 for none.</summary>
    private static int FindSection(IReadOnlyList<NegotiatedMedia> sections, in RtpPacket packet)
    {
        for (var i = 0; i < sections.Count; i++)
        {
            foreach (var source in sections[i].RemoteSsrcs)
                if (source.Ssrc == packet.Ssrc) return i;
        }

        for (var i = 0; i < sections.Count; i++)
        {
            if (sections[i].ExtensionId(RtpExtensionUris.Mid) is { } id && packet.TryGetExtension(id, out var mid) && RtpExtensions.MidEquals(mid, sections[i].Mid))
                return i;
        }

        for (var i = 0; i < sections.Count; i++)
        {
            if (IsRepeat(sections[i], packet.PayloadType)) return i;
            foreach (var codec in sections[i].Codecs)
                if (codec.PayloadType == packet.PayloadType) return i;
        }

        return -1;
    }

    private static bool IsRepeat(NegotiatedMedia media, int payloadType)
    {
        foreach (var (_, rtx) in media.RtxPayloadTypes)
            if (rtx == payloadType) return true;
        return false;
    }

    /// <param name="Length">Of an RTP packet; 0: a request for a key frame.</param>
    private readonly record struct Entry(int Length, uint RequestedSsrc);
}
