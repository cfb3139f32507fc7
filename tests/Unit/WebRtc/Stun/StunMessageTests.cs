using System.Buffers.Binary;
using System.Net;
using AV1Relay.WebRtc;
using AV1Relay.WebRtc.Stun;
using Xunit;

namespace AV1Relay.Tests.Unit.WebRtc.Stun;

public sealed class StunMessageTests
{
    [Fact]
    public void The_sample_request_is_read_whole()
    {
        Assert.Equal(StunParseError.None, StunMessage.TryParse(Rfc5769.Request, out var message));

        Assert.Equal(StunClass.Request, message.Class);
        Assert.Equal(StunMethod.Binding, message.Method);
        Assert.Equal("evtj:h6vY"u8, message.Username);
        Assert.Equal("STUN test client"u8, message.Software);
        Assert.Equal(0x6e0001ffu, message.Priority);
        Assert.Equal(0x932ff9b151263b36ul, message.IceControlled);
        Assert.Null(message.IceControlling);
        Assert.False(message.HasUseCandidate);
        Assert.True(message.HasValidIntegrity(Rfc5769.Password));
        Assert.True(message.HasValidFingerprint());
    }

    [Fact]
    public void The_sample_responses_give_back_the_mapped_address()
    {
        Assert.Equal(StunParseError.None, StunMessage.TryParse(Rfc5769.IPv4Response, out var four));
        Assert.Equal(StunParseError.None, StunMessage.TryParse(Rfc5769.IPv6Response, out var six));

        Assert.Equal(StunClass.SuccessResponse, four.Class);
        Assert.Equal(Address("192.0.2.1", 32853), four.MappedAddress);
        Assert.True(four.HasValidIntegrity(Rfc5769.Password));
        Assert.True(four.HasValidFingerprint());
        Assert.Equal(Address("2001:db8:1234:5678:11:2233:4455:6677", 32853), six.MappedAddress);
        Assert.True(six.HasValidIntegrity(Rfc5769.Password));
        Assert.True(six.HasValidFingerprint());
    }

    [Fact]
    public void Another_password_does_not_verify()
    {
        StunMessage.TryParse(Rfc5769.Request, out var message);

        Assert.False(message.HasValidIntegrity("VOkJxbRl1RmTxUk/WvJxBT"u8));
        Assert.False(message.HasValidIntegrity(default));
    }

    [Fact]
    public void Every_shortened_message_is_refused()
    {
        for (var length = 0; length < Rfc5769.Request.Length; length++)
            Assert.NotEqual(StunParseError.None, StunMessage.TryParse(Rfc5769.Request.AsSpan(0, length), out _));
    }

    [Fact]
    public void A_message_cut_anywhere_with_a_fitting_length_field_never_verifies()
    {
        for (var length = StunMessage.HeaderLength; length < Rfc5769.Request.Length; length += 4)
        {
            var cut = Rfc5769.Request.AsSpan(0, length).ToArray();
            BinaryPrimitives.WriteUInt16BigEndian(cut.AsSpan(2), (ushort)(length - StunMessage.HeaderLength));
            if (StunMessage.TryParse(cut, out var message) != StunParseError.None) continue;
            // Without the final FINGERPRINT the message is whole and its integrity still holds.
            Assert.Equal(length == Rfc5769.Request.Length - 8, message.HasValidIntegrity(Rfc5769.Password));
        }
    }

    [Fact]
    public void Each_changed_byte_breaks_the_parse_the_integrity_or_the_fingerprint()
    {
        for (var index = 0; index < Rfc5769.Request.Length; index++)
        {
            for (var bit = 0; bit < 8; bit++)
            {
                var changed = (byte[])Rfc5769.Request.Clone();
                changed[index] ^= (byte)(1 << bit);
                if (StunMessage.TryParse(changed, out var message) != StunParseError.None) continue;
                ReadEverything(message);
                Assert.False(message.HasValidIntegrity(Rfc5769.Password) && message.HasValidFingerprint());
            }
        }
    }

    [Fact]
    public void Random_bytes_with_a_good_header_are_read_or_refused_but_never_throw()
    {
        var random = new Random(20_261);
        var buffer = new byte[256];
        var parsed = 0;
        for (var round = 0; round < 20_000; round++)
        {
            var length = StunMessage.HeaderLength + 4 * random.Next(0, 59);
            random.NextBytes(buffer);
            buffer[0] &= 0x3F;
            BinaryPrimitives.WriteUInt16BigEndian(buffer.AsSpan(2), (ushort)(length - StunMessage.HeaderLength));
            BinaryPrimitives.WriteUInt32BigEndian(buffer.AsSpan(4), StunMessage.MagicCookie);
            buffer[0] &= 3;
            for (var at = StunMessage.HeaderLength; at + 4 <= length; at += 4 + 4 * random.Next(0, 8))
            {
                // Known types and short lengths, so that the walk gets somewhere.
                BinaryPrimitives.WriteUInt16BigEndian(buffer.AsSpan(at), (ushort)random.Next(0, 0x30));
                BinaryPrimitives.WriteUInt16BigEndian(buffer.AsSpan(at + 2), (ushort)random.Next(0, 24));
            }

            if (StunMessage.TryParse(buffer.AsSpan(0, length), out var message) != StunParseError.None) continue;
            parsed++;
            ReadEverything(message);
            Assert.False(message.HasValidIntegrity(Rfc5769.Password));
        }

        Assert.InRange(parsed, 500, 20_000);
    }

    [Fact]
    public void What_follows_the_integrity_is_not_believed()
    {
        Span<byte> buffer = stackalloc byte[256];
        var writer = new StunMessageWriter(buffer, StunClass.Request, new byte[12]);
        writer.AddUsername("a:b"u8);
        writer.AddMessageIntegrity(Rfc5769.Password);
        writer.AddUseCandidate();
        writer.AddFingerprint();

        Assert.Equal(StunParseError.None, StunMessage.TryParse(buffer[..writer.Finish()], out var message));
        Assert.True(message.HasValidIntegrity(Rfc5769.Password));
        Assert.True(message.HasValidFingerprint());
        Assert.False(message.HasUseCandidate);
    }

    [Fact]
    public void Of_two_equal_attributes_the_first_counts()
    {
        Span<byte> buffer = stackalloc byte[64];
        var writer = new StunMessageWriter(buffer, StunClass.Request, new byte[12]);
        writer.AddPriority(1);
        writer.AddPriority(2);

        StunMessage.TryParse(buffer[..writer.Finish()], out var message);

        Assert.Equal(1u, message.Priority);
    }

    [Fact]
    public void Nothing_may_follow_the_fingerprint()
    {
        Span<byte> buffer = stackalloc byte[64];
        var writer = new StunMessageWriter(buffer, StunClass.Request, new byte[12]);
        writer.AddFingerprint();
        writer.AddPriority(2);

        Assert.Equal(StunParseError.AttributeAfterFingerprint, StunMessage.TryParse(buffer[..writer.Finish()], out _));
    }

    [Fact]
    public void Unknown_attributes_that_must_be_understood_are_named_and_others_are_not()
    {
        Span<byte> buffer = stackalloc byte[128];
        var writer = new StunMessageWriter(buffer, StunClass.Request, new byte[12]);
        writer.Add(0x0014, "realm"u8);
        writer.Add(0xC057, [0, 0, 0, 10]);
        writer.Add(0x7FFF, default);

        StunMessage.TryParse(buffer[..writer.Finish()], out var message);

        Span<ushort> types = stackalloc ushort[8];
        Assert.Equal(2, message.UnknownRequiredCount);
        Assert.Equal(2, message.CopyUnknownRequired(types));
        Assert.Equal([0x0014, 0x7FFF], types[..2].ToArray());
    }

    [Theory]
    [InlineData(StunClass.Request, 1, 0x0001)]
    [InlineData(StunClass.Indication, 1, 0x0011)]
    [InlineData(StunClass.SuccessResponse, 1, 0x0101)]
    [InlineData(StunClass.ErrorResponse, 1, 0x0111)]
    [InlineData(StunClass.ErrorResponse, 0xFFF, 0x3FFF)]
    [InlineData(StunClass.Request, 0x0AB, 0x024B)]
    public void Class_and_method_share_the_type_field(StunClass messageClass, int method, int type)
    {
        Span<byte> buffer = stackalloc byte[20];
        var writer = new StunMessageWriter(buffer, messageClass, new byte[12], (StunMethod)method);
        writer.Finish();

        Assert.Equal(type, BinaryPrimitives.ReadUInt16BigEndian(buffer));
        if (type > 0x3FF) return; // RFC 7983 leaves first bytes above 3 to other protocols
        Assert.Equal(StunParseError.None, StunMessage.TryParse(buffer, out var message));
        Assert.Equal(messageClass, message.Class);
        Assert.Equal((StunMethod)method, message.Method);
    }

    [Fact]
    public void A_written_error_is_read_back()
    {
        Span<byte> buffer = stackalloc byte[128];
        var writer = new StunMessageWriter(buffer, StunClass.ErrorResponse, new byte[12]);
        writer.AddErrorCode(487, "Role Conflict"u8);
        writer.AddXorMappedAddress(Address("2001:db8::7", 4711));

        Assert.Equal(StunParseError.None, StunMessage.TryParse(buffer[..writer.Finish()], out var message));
        Assert.Equal(487, message.ErrorCode);
        Assert.Equal("Role Conflict"u8, message.ErrorReason);
        Assert.Equal(Address("2001:db8::7", 4711), message.MappedAddress);
    }

    [Fact]
    public void A_buffer_that_is_too_small_gives_no_message()
    {
        for (var size = 0; size < 20 + 8 + 24 + 8; size++)
        {
            var writer = new StunMessageWriter(new byte[size], StunClass.Request, new byte[12]);
            writer.AddPriority(7);
            writer.AddMessageIntegrity(Rfc5769.Password);
            writer.AddFingerprint();
            Assert.Equal(0, writer.Finish());
        }
    }

    [Fact]
    public void Reading_and_verifying_allocate_nothing()
    {
        var sum = Verify(); // warms up
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++) sum += Verify();

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(101, sum);

        static int Verify()
            => StunMessage.TryParse(Rfc5769.Request, out var message) == StunParseError.None
                && message.HasValidFingerprint() && message.HasValidIntegrity(Rfc5769.Password) ? 1 : 0;
    }

    private static void ReadEverything(in StunMessage message)
    {
        _ = message.Class;
        _ = message.Method;
        _ = message.TransactionId.Length + message.Username.Length + message.Software.Length + message.ErrorReason.Length;
        _ = message.Priority;
        _ = message.IceControlled;
        _ = message.IceControlling;
        _ = message.ErrorCode;
        _ = message.MappedAddress;
        Span<ushort> unknown = stackalloc ushort[16];
        message.CopyUnknownRequired(unknown);
    }

    private static TransportAddress Address(string ip, ushort port) => TransportAddress.From(new IPEndPoint(IPAddress.Parse(ip), port));
}
