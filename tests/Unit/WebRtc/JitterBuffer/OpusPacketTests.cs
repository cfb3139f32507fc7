using AV1Relay.WebRtc.JitterBuffer;
using Xunit;

namespace AV1Relay.Tests.Unit.WebRtc.JitterBuffer;

public sealed class OpusPacketTests
{
    [Theory]
    [InlineData("", 0)]
    [InlineData("00", 480)] // SILK, 10 ms
    [InlineData("18", 2_880)] // SILK, 60 ms
    [InlineData("68", 960)] // hybrid, 20 ms
    [InlineData("80", 120)] // CELT, 2.5 ms
    [InlineData("FC", 960)] // CELT, 20 ms, stereo
    [InlineData("79", 1_920)] // two frames
    [InlineData("FA", 1_920)] // two frames of different lengths
    [InlineData("FB03", 2_880)] // three frames
    [InlineData("FB06", 5_760)]
    [InlineData("FB07", 0)] // over 120 ms
    [InlineData("FB00", 0)]
    [InlineData("FB", 0)] // no count
    [InlineData("1B3F", 0)]
    public void The_length_of_the_sound_is_read(string hex, int expected)
        => Assert.Equal(expected, OpusPacket.Samples(Convert.FromHexString(hex)));
}
