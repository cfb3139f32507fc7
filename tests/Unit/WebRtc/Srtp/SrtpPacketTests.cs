using AV1Relay.WebRtc.Srtp;
using Xunit;

namespace AV1Relay.Tests.Unit.WebRtc.Srtp;

public sealed class SrtpPacketTests
{
    public static TheoryData<SrtpProfile> Profiles => SrtpPair.Profiles;

    [Theory]
    [MemberData(nameof(Profiles))]
    public void Payloads_of_every_length_come_through(SrtpProfile profile)
    {
        using var pair = new SrtpPair(profile);
        for (var length = 0; length <= 300; length++)
        {
            var rtp = SrtpPair.Rtp((ushort)length, payloadLength: length);
            Assert.Equal(SrtpError.None, pair.UnprotectRtp(pair.ProtectRtp(rtp)!, out var plainRtp));
            Assert.Equal(rtp, plainRtp);

            var rtcp = SrtpPair.Rtcp(bodyLength: length);
            Assert.Equal(SrtpError.None, pair.UnprotectRtcp(pair.ProtectRtcp(rtcp)!, out var plainRtcp));
            Assert.Equal(rtcp, plainRtcp);
        }
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public void Sources_and_extension_stay_readable_and_the_payload_does_not(SrtpProfile profile)
    {
        using var pair = new SrtpPair(profile);
        byte[] header =
        [
            0x92, 111, 0, 1, 0, 0, 0, 0, 0, 0, 0, 7, // two contributing sources, an extension
            1, 1, 1, 1, 2, 2, 2, 2, 0xBE, 0xDE, 0, 1, 0x10, 0xFF, 0, 0,
        ];
        byte[] packet = [.. header, .. "sixteen letters!"u8];

        var sealedPacket = pair.ProtectRtp(packet)!;

        Assert.Equal(header, sealedPacket[..header.Length]);
        Assert.NotEqual(packet[header.Length..], sealedPacket[header.Length..packet.Length]);
        Assert.Equal(SrtpError.None, pair.UnprotectRtp(sealedPacket, out var plain));
        Assert.Equal(packet, plain);
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public void A_change_of_any_single_byte_is_noticed_and_the_original_still_accepted(SrtpProfile profile)
    {
        using var pair = new SrtpPair(profile);
        var rtp = pair.ProtectRtp(SrtpPair.Rtp(1))!;
        var rtcp = pair.ProtectRtcp(SrtpPair.Rtcp())!;

        AssertNoticed(rtp, packet => pair.UnprotectRtp(packet));
        AssertNoticed(rtcp, packet => pair.UnprotectRtcp(packet));

        Assert.Equal(SrtpError.None, pair.UnprotectRtp(rtp));
        Assert.Equal(SrtpError.None, pair.UnprotectRtcp(rtcp));

        static void AssertNoticed(byte[] packet, Func<byte[], SrtpError> unprotect)
        {
            for (var i = 0; i < packet.Length; i++)
            {
                foreach (var flip in new byte[] { 0x01, 0x10, 0x80, 0xFF })
                {
                    var changed = packet.ToArray();
                    changed[i] ^= flip;
                    Assert.Contains(unprotect(changed), new[] { SrtpError.AuthenticationFailed, SrtpError.Malformed });
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public void Every_truncation_is_refused_both_ways(SrtpProfile profile)
    {
        using var pair = new SrtpPair(profile);
        byte[] plain = [0x92, 96, 0, 1, 0, 0, 0, 0, 0, 0, 0, 7, 1, 1, 1, 1, 2, 2, 2, 2, 0xBE, 0xDE, 0, 1, 0x10, 0xFF, 0, 0];
        var rtp = pair.ProtectRtp(plain)!;
        var rtcp = pair.ProtectRtcp(SrtpPair.Rtcp())!;

        for (var length = 0; length < plain.Length; length++) Assert.Null(pair.ProtectRtp(plain[..length]));
        for (var length = 0; length < 8; length++) Assert.Null(pair.ProtectRtcp(SrtpPair.Rtcp()[..length]));
        for (var length = 0; length < rtp.Length; length++) Assert.NotEqual(SrtpError.None, pair.UnprotectRtp(rtp[..length]));
        for (var length = 0; length < rtcp.Length; length++) Assert.NotEqual(SrtpError.None, pair.UnprotectRtcp(rtcp[..length]));
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public void Random_bytes_of_any_length_are_refused(SrtpProfile profile)
    {
        using var pair = new SrtpPair(profile);
        var random = new Random(1);
        for (var i = 0; i < 20_000; i++)
        {
            var packet = new byte[random.Next(0, 120)];
            random.NextBytes(packet);
            if (packet.Length > 0 && i % 2 == 0) packet[0] = (byte)(0x80 | (packet[0] & 0x3F)); // reach behind the version check
            Assert.NotEqual(SrtpError.None, pair.UnprotectRtp(packet));
            Assert.NotEqual(SrtpError.None, pair.UnprotectRtcp(packet));
        }
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public void A_buffer_without_room_for_the_tag_is_refused_and_left_alone(SrtpProfile profile)
    {
        using var pair = new SrtpPair(profile);
        var rtp = SrtpPair.Rtp(1);
        var rtcp = SrtpPair.Rtcp();
        var (rtpOverhead, rtcpOverhead) = profile == SrtpProfile.AeadAes128Gcm ? (16, 20) : (10, 14);

        for (var room = 0; room < rtpOverhead; room++) AssertRefused(rtp, room, pair.Sender.ProtectRtp);
        for (var room = 0; room < rtcpOverhead; room++) AssertRefused(rtcp, room, pair.Sender.ProtectRtcp);
        Assert.Equal(rtp.Length + rtpOverhead, pair.Sender.ProtectRtp([.. rtp, .. new byte[rtpOverhead]], rtp.Length));
        Assert.Equal(rtcp.Length + rtcpOverhead, pair.Sender.ProtectRtcp([.. rtcp, .. new byte[rtcpOverhead]], rtcp.Length));

        static void AssertRefused(byte[] packet, int room, Protect protect)
        {
            byte[] buffer = [.. packet, .. new byte[room]];
            Assert.Equal(-1, protect(buffer, packet.Length));
            Assert.Equal(packet, buffer[..packet.Length]);
        }
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public void Lengths_outside_the_buffer_are_refused(SrtpProfile profile)
    {
        using var pair = new SrtpPair(profile);
        byte[] buffer = [.. SrtpPair.Rtp(1), .. new byte[20]];
        foreach (var length in new[] { -1, int.MinValue, buffer.Length + 1, int.MaxValue })
        {
            Assert.Equal(-1, pair.Sender.ProtectRtp(buffer, length));
            Assert.Equal(-1, pair.Sender.ProtectRtcp(buffer, length));
            Assert.Equal(SrtpError.Malformed, pair.Receiver.UnprotectRtp(buffer, length, out _));
            Assert.Equal(SrtpError.Malformed, pair.Receiver.UnprotectRtcp(buffer, length, out _));
        }
    }

    [Fact]
    public void Plaintext_that_nobody_vouches_for_does_not_stay_in_the_buffer()
    {
        using var pair = new SrtpPair(SrtpProfile.AeadAes128Gcm);
        var packet = pair.ProtectRtp(SrtpPair.Rtp(1))!;
        packet[^1] ^= 1;

        Assert.Equal(SrtpError.AuthenticationFailed, pair.Receiver.UnprotectRtp(packet, packet.Length, out _));

        Assert.Equal(new byte[20], packet[12..32]);
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public void A_control_packet_in_the_clear_is_refused(SrtpProfile profile)
    {
        using var pair = new SrtpPair(profile);
        var packet = pair.ProtectRtcp(SrtpPair.Rtcp())!;
        packet[profile == SrtpProfile.AeadAes128Gcm ? ^4 : ^14] &= 0x7F;

        Assert.Equal(SrtpError.Malformed, pair.UnprotectRtcp(packet));
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public void Nothing_is_allocated_per_packet(SrtpProfile profile)
    {
        using var pair = new SrtpPair(profile);
        var buffer = new byte[1300];
        var plain = SrtpPair.Rtp(0, payloadLength: 1188);
        var control = SrtpPair.Rtcp();
        ushort sequenceNumber = 0;
        Exchange(1_000);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var failures = Exchange(10_000);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(0, allocated);
        Assert.Equal(0, failures);

        int Exchange(int packets)
        {
            var failures = 0;
            for (var i = 0; i < packets; i++, sequenceNumber++)
            {
                plain.CopyTo(buffer, 0);
                buffer[2] = (byte)(sequenceNumber >> 8);
                buffer[3] = (byte)sequenceNumber;
                var length = pair.Sender.ProtectRtp(buffer, plain.Length);
                if (pair.Receiver.UnprotectRtp(buffer, length, out _) != SrtpError.None) failures++;

                control.CopyTo(buffer, 0);
                length = pair.Sender.ProtectRtcp(buffer, control.Length);
                if (pair.Receiver.UnprotectRtcp(buffer, length, out _) != SrtpError.None) failures++;
                buffer[20] ^= 1;
                if (pair.Receiver.UnprotectRtcp(buffer, length, out _) == SrtpError.None) failures++;
            }

            return failures;
        }
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public void After_disposal_nothing_passes_and_disposing_again_is_harmless(SrtpProfile profile)
    {
        using var pair = new SrtpPair(profile);
        var packet = pair.ProtectRtp(SrtpPair.Rtp(1))!;
        pair.Dispose();

        Assert.Null(pair.ProtectRtp(SrtpPair.Rtp(2)));
        Assert.Null(pair.ProtectRtcp(SrtpPair.Rtcp()));
        Assert.Equal(SrtpError.AuthenticationFailed, pair.UnprotectRtp(packet));
    }

    [Theory]
    [InlineData(SrtpProfile.AeadAes128Gcm, 16, 14)]
    [InlineData(SrtpProfile.Aes128CmHmacSha1_80, 16, 12)]
    [InlineData(SrtpProfile.AeadAes128Gcm, 15, 12)]
    [InlineData(SrtpProfile.AeadAes128Gcm, 32, 12)]
    public void Keys_and_salts_of_the_wrong_length_are_a_callers_mistake(SrtpProfile profile, int keyLength, int saltLength)
    {
        Assert.Throws<ArgumentException>(() => SrtpSender.Create(profile, new byte[keyLength], new byte[saltLength]));
        Assert.Throws<ArgumentException>(() => SrtpReceiver.Create(profile, new byte[keyLength], new byte[saltLength]));
    }

    private delegate int Protect(Span<byte> buffer, int length);
}
