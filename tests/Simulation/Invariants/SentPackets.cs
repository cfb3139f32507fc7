using System.Buffers.Binary;
using AV1Relay.WebRtc.Rtcp;

namespace AV1Relay.Tests.Simulation.Invariants;

/// <summary>Source and number of an RTP packet, which SRTP leaves in the clear; source 0 is anything else.</summary>
internal readonly record struct PacketIdentity(uint Ssrc, ushort SequenceNumber);

/// <summary>What was given to one link, by source: the account that every gap in what arrives is held against.</summary>
internal sealed class SentPackets(string link, Violations violations)
{
    private readonly List<SentStream> _streams = [];

    public SentStream Stream(uint ssrc)
    {
        foreach (var known in _streams)
        {
            if (known.Ssrc == ssrc) return known;
        }

        var stream = new SentStream(ssrc);
        _streams.Add(stream);
        return stream;
    }

    public void OnOffered(ReadOnlySpan<byte> datagram)
    {
        var identity = IdentityOf(datagram);
        if (identity.Ssrc != 0 && !Stream(identity.Ssrc).TryOffer(identity.SequenceNumber))
            violations.Add($"{link}: number {identity.SequenceNumber} of source {identity.Ssrc:X8} was sent twice: its SRTP index served two packets");
    }

    public void OnLost(ReadOnlySpan<byte> datagram) => OnRefused(IdentityOf(datagram));

    /// <summary>It arrived, and was not accepted, which whoever refused it has to justify.</summary>
    public void OnRefused(PacketIdentity identity)
    {
        if (identity.Ssrc != 0) Stream(identity.Ssrc).Miss(identity.SequenceNumber);
    }

    public static PacketIdentity IdentityOf(ReadOnlySpan<byte> datagram)
        => datagram.Length < 12 || datagram[0] is < 128 or > 191 || RtcpReader.LooksLikeRtcp(datagram)
            ? default
            : new PacketIdentity(BinaryPrimitives.ReadUInt32BigEndian(datagram[8..]), BinaryPrimitives.ReadUInt16BigEndian(datagram[2..]));

    public static bool IsMedia(ReadOnlySpan<byte> datagram) => datagram[0] is >= 128 and <= 191;
}
