using AV1Relay.WebRtc.Rtp;
using Xunit;

namespace AV1Relay.Tests.Unit.WebRtc.Rtp;

public sealed class TcpFramingTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(100)]
    [InlineData(4_096)]
    public void Datagrams_come_back_whatever_the_pieces(int pieceLength)
    {
        byte[][] datagrams = [[1], [], new byte[500], [2, 3], new byte[501], [4], new byte[500]];
        var stream = new List<byte>();
        foreach (var datagram in datagrams)
        {
            var framed = new byte[2 + datagram.Length];
            Assert.Equal(framed.Length, TcpFraming.Write(datagram, framed));
            stream.AddRange(framed);
        }

        var reader = new TcpFrameReader(maxDatagramBytes: 500);
        var received = Read(reader, [.. stream], pieceLength);

        Assert.Equal(datagrams.Where(datagram => datagram.Length is > 0 and <= 500), received);
        Assert.Equal(1, reader.Oversize);
    }

    [Fact]
    public void What_does_not_fit_is_not_written()
    {
        Assert.Equal(-1, TcpFraming.Write(new byte[10], new byte[11]));
        Assert.Equal(-1, TcpFraming.Write(new byte[65_536], new byte[70_000]));
        Assert.Equal(65_537, TcpFraming.Write(new byte[65_535], new byte[65_537]));
    }

    [Fact]
    public void Random_streams_never_throw_and_never_stall()
    {
        var random = new Random(4571);
        for (var round = 0; round < 50; round++)
        {
            var stream = new byte[20_000];
            random.NextBytes(stream);
            for (var i = 0; i < stream.Length; i += random.Next(1, 900)) stream[i] = 0; // some plausible lengths
            Assert.All(Read(new TcpFrameReader(900), stream, random.Next(1, 3_000)), datagram => Assert.InRange(datagram.Length, 1, 900));
        }
    }

    private static List<byte[]> Read(TcpFrameReader reader, byte[] stream, int pieceLength)
    {
        var received = new List<byte[]>();
        for (var position = 0; position < stream.Length;)
        {
            var free = reader.Free;
            Assert.False(free.IsEmpty);
            var piece = Math.Min(Math.Min(pieceLength, free.Length), stream.Length - position);
            stream.AsSpan(position, piece).CopyTo(free);
            reader.Advance(piece);
            position += piece;
            while (reader.TryTake(out var datagram)) received.Add(datagram.ToArray());
        }

        return received;
    }
}
