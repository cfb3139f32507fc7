using AV1Relay.WebRtc.Rtp;
using Xunit;

namespace AV1Relay.Tests.Unit.WebRtc.Rtp;

public sealed class SequenceNumbersTests
{
    [Theory]
    [InlineData(1, 0, true)]
    [InlineData(0, 1, false)]
    [InlineData(5, 5, false)]
    [InlineData(0, 65535, true)]
    [InlineData(65535, 0, false)]
    [InlineData(32767, 0, true)]
    [InlineData(0, 32767, false)]
    [InlineData(32768, 0, true)] // exactly half way: one direction only
    [InlineData(0, 32768, false)]
    [InlineData(100, 40000, true)]
    [InlineData(40000, 100, false)]
    public void Newer_is_seen_over_the_wrap(int sequenceNumber, int other, bool expected)
        => Assert.Equal(expected, SequenceNumbers.IsNewer((ushort)sequenceNumber, (ushort)other));

    [Theory]
    [InlineData(new[] { 0, 1, 2 }, new long[] { 0, 1, 2 })]
    [InlineData(new[] { 65534, 65535, 0, 1 }, new long[] { 65534, 65535, 65536, 65537 })]
    [InlineData(new[] { 65535, 0, 65534, 1 }, new long[] { 65535, 65536, 65534, 65537 })] // a late one from before the wrap
    [InlineData(new[] { 0, 65535, 1 }, new long[] { 0, -1, 1 })] // from before the start
    [InlineData(new[] { 10, 32777, 65000, 30000 }, new long[] { 10, 32777, 65000, 95536 })] // great losses
    [InlineData(new[] { 5, 5, 5 }, new long[] { 5, 5, 5 })]
    public void Wraps_are_counted(int[] sequenceNumbers, long[] expected)
    {
        var unwrapper = new SequenceNumbers.Unwrapper();
        Assert.Equal(expected, sequenceNumbers.Select(number => unwrapper.Unwrap((ushort)number)).ToArray());
    }

    [Fact]
    public void A_million_packets_with_loss_and_reordering_keep_their_order()
    {
        var random = new Random(16);
        var unwrapper = new SequenceNumbers.Unwrapper();
        unwrapper.Unwrap(0);
        long newest = 0;
        for (var i = 0; i < 1_000_000; i++)
        {
            var number = Math.Max(0, newest + random.Next(-500, 1_000));
            newest = Math.Max(newest, number);
            Assert.Equal(number, unwrapper.Unwrap((ushort)number));
        }
    }

    [Theory]
    [InlineData(1u, 0u, true)]
    [InlineData(0u, uint.MaxValue, true)]
    [InlineData(uint.MaxValue, 0u, false)]
    [InlineData(0x8000_0000u, 0u, true)]
    [InlineData(0u, 0x8000_0000u, false)]
    public void Newer_timestamps_are_seen_over_the_wrap(uint timestamp, uint other, bool expected)
        => Assert.Equal(expected, RtpTimestamps.IsNewer(timestamp, other));

    [Fact]
    public void Timestamp_wraps_are_counted()
    {
        var unwrapper = new RtpTimestamps.Unwrapper();

        Assert.Equal(uint.MaxValue - 100L, unwrapper.Unwrap(uint.MaxValue - 100));
        Assert.Equal(uint.MaxValue + 860L, unwrapper.Unwrap(859));
        Assert.Equal(uint.MaxValue - 100L, unwrapper.Unwrap(uint.MaxValue - 100));
    }
}
