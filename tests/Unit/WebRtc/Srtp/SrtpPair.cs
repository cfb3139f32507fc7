using System.Buffers.Binary;
using AV1Relay.WebRtc.Srtp;
using Xunit;

namespace AV1Relay.Tests.Unit.WebRtc.Srtp;

/// <summary>A sender and the receiver that has its keys.</summary>
internal sealed class SrtpPair : IDisposable
{
    private static readonly byte[] Key = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16];
    private static readonly byte[] Salt = [21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34];

    public SrtpPair(SrtpProfile profile, int maxSources = 16)
    {
        var salt = Salt.AsSpan(0, SrtpProfiles.MasterSaltLength(profile));
        Sender = SrtpSender.Create(profile, Key, salt, maxSources);
        Receiver = SrtpReceiver.Create(profile, Key, salt, maxSources);
    }

    public static TheoryData<SrtpProfile> Profiles => new(SrtpProfile.AeadAes128Gcm, SrtpProfile.Aes128CmHmacSha1_80);

    public SrtpSender Sender { get; }

    public SrtpReceiver Receiver { get; }

    public static byte[] Rtp(ushort sequenceNumber, uint ssrc = 7, int payloadLength = 20)
    {
        var packet = new byte[12 + payloadLength];
        packet[0] = 0x80;
        packet[1] = 96;
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), sequenceNumber);
        BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(8), ssrc);
        for (var i = 12; i < packet.Length; i++) packet[i] = (byte)i;
        return packet;
    }

    public static byte[] Rtcp(uint ssrc = 7, int bodyLength = 20)
    {
        var packet = new byte[8 + bodyLength];
        packet[0] = 0x80;
        packet[1] = 201;
        BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(4), ssrc);
        for (var i = 8; i < packet.Length; i++) packet[i] = (byte)i;
        return packet;
    }

    /// <summary>The protected form, or null when the sender refuses.</summary>
    public byte[]? ProtectRtp(byte[] plain)
    {
        var buffer = new byte[plain.Length + SrtpProfiles.MaxOverhead];
        plain.CopyTo(buffer, 0);
        var length = Sender.ProtectRtp(buffer, plain.Length);
        return length < 0 ? null : buffer[..length];
    }

    public byte[]? ProtectRtcp(byte[] plain)
    {
        var buffer = new byte[plain.Length + SrtpProfiles.MaxOverhead];
        plain.CopyTo(buffer, 0);
        var length = Sender.ProtectRtcp(buffer, plain.Length);
        return length < 0 ? null : buffer[..length];
    }

    public SrtpError UnprotectRtp(byte[] packet, out byte[] plain)
    {
        var buffer = packet.ToArray();
        var error = Receiver.UnprotectRtp(buffer, buffer.Length, out var length);
        plain = buffer[..length];
        return error;
    }

    public SrtpError UnprotectRtp(byte[] packet) => UnprotectRtp(packet, out _);

    public SrtpError UnprotectRtcp(byte[] packet, out byte[] plain)
    {
        var buffer = packet.ToArray();
        var error = Receiver.UnprotectRtcp(buffer, buffer.Length, out var length);
        plain = buffer[..length];
        return error;
    }

    public SrtpError UnprotectRtcp(byte[] packet) => UnprotectRtcp(packet, out _);

    public void Dispose()
    {
        Sender.Dispose();
        Receiver.Dispose();
    }
}
