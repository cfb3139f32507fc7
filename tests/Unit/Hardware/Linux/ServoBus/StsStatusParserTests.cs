using AV1Relay.Hardware.Linux.ServoBus;
using Xunit;

namespace AV1Relay.Tests.Unit.Hardware.Linux.ServoBus;

public sealed class StsStatusParserTests
{
    private static readonly byte[] Position2048 = Convert.FromHexString("FFFF0104000008F2");

    private readonly StsStatusParser _parser = new();

    [Fact]
    public void An_answer_is_read()
    {
        _parser.Append(Position2048);
        Assert.Equal("01 None 0008", Next());
        Assert.Null(Next());
        Assert.Equal(0, _parser.NoiseBytes);
    }

    [Fact]
    public void An_answer_is_read_however_it_is_cut()
    {
        foreach (var value in Position2048[..^1])
        {
            _parser.Append([value]);
            Assert.Null(Next());
        }

        _parser.Append(Position2048.AsSpan(^1..));
        Assert.Equal("01 None 0008", Next());
    }

    [Fact]
    public void Complaints_come_with_the_answer()
    {
        _parser.Append(Convert.FromHexString("FFFF010224D8"));
        Assert.Equal("01 TooHot, Overload ", Next());
    }

    [Theory]
    [InlineData("00")]
    [InlineData("FF")]
    [InlineData("FFFF")]
    [InlineData("FFFFFFFFFFFF")]
    [InlineData("FFFF01")]
    [InlineData("FFFF0102")]
    [InlineData("FFFF01FF")] // longer than any of ours
    [InlineData("FFFFFE02")] // nobody has the number of all
    [InlineData("FFFF0104000009F2")] // an answer with a bit turned
    [InlineData("DEADBEEF00FFFF0000")]
    public void An_answer_behind_noise_is_found(string noise)
    {
        _parser.Append(Convert.FromHexString(noise));
        _parser.Append(Position2048);
        Assert.Equal("01 None 0008", NextAfterSilence());
        Assert.True(_parser.NoiseBytes > 0);
    }

    [Fact]
    public void An_answer_inside_what_looked_like_a_long_packet_is_found_once_the_line_is_silent()
    {
        _parser.Append([0xFF, 0xFF, 0x01, 0x20]); // would be 36 bytes
        _parser.Append(Position2048);
        Assert.Null(Next());
        Assert.Equal("01 None 0008", NextAfterSilence());
    }

    [Fact]
    public void A_flood_of_noise_is_kept_within_bounds_and_the_newest_is_read()
    {
        for (var i = 0; i < 1000; i++) _parser.Append(new byte[100]);
        _parser.Append(new byte[5000]);
        _parser.Append(Position2048);
        Assert.Equal("01 None 0008", Next());
        Assert.Equal(105_000, _parser.NoiseBytes);
    }

    [Fact]
    public void The_late_echo_of_a_request_to_all_is_no_noise()
    {
        _parser.Append(Convert.FromHexString("FFFFFE0A832A0201000802000439"));
        _parser.Append(Position2048);
        Assert.StartsWith("FE", Next(), StringComparison.Ordinal);
        Assert.Equal("01 None 0008", Next());
        Assert.Equal(0, _parser.NoiseBytes);
    }

    [Fact]
    public void What_was_before_is_forgotten_when_told_so()
    {
        _parser.Append(Position2048.AsSpan(..5));
        _parser.Clear();
        _parser.Append(Position2048.AsSpan(5..));
        Assert.Null(NextAfterSilence());
    }

    private string? Next() => _parser.TryRead(out var status) ? $"{status.Id:X2} {status.Errors} {Convert.ToHexString(status.Parameters)}" : null;

    private string? NextAfterSilence()
    {
        do
        {
            if (Next() is { } found) return found;
        }
        while (_parser.OnSilence());
        return null;
    }
}
