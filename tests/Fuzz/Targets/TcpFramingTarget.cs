using AV1Relay.WebRtc.Rtp;

namespace AV1Relay.Tests.Fuzz.Targets;

/// <summary>A TCP stream in pieces of any size (RFC 4571): the same datagrams come out however it is cut.</summary>
internal sealed class TcpFramingTarget : FuzzTarget
{
    private const int MaxDatagram = 200;

    public override string Name => "tcp-framing";

    public override int InputsInTests => 10_000;

    public override IReadOnlyList<byte[]> Words { get; } = [Hex("0000"), Hex("00C8"), Hex("00C9"), Hex("FFFF"), Hex("000000000001")];

    public override void Run(byte[] input)
    {
        var whole = Expected(input, out var oversize);
        foreach (var piece in (int[])[1, 7, 64, MaxDatagram, int.MaxValue])
        {
            var reader = new TcpFrameReader(MaxDatagram);
            var taken = Read(reader, input, piece);
            Require(taken.Count == whole.Count, $"{taken.Count} datagrams in pieces of {piece}, {whole.Count} in the stream.");
            for (var i = 0; i < taken.Count; i++) Require(taken[i].AsSpan().SequenceEqual(whole[i]), $"Datagram {i} differs in pieces of {piece}.");
            Require(reader.Oversize == oversize, $"{reader.Oversize} were too long, of {oversize}.");
        }
    }

    private static List<byte[]> Read(TcpFrameReader reader, ReadOnlySpan<byte> stream, int piece)
    {
        var taken = new List<byte[]>();
        while (!stream.IsEmpty)
        {
            var free = reader.Free;
            Require(!free.IsEmpty, "No room is left, and nothing comes out.");
            var count = Math.Min(Math.Min(piece, free.Length), stream.Length);
            stream[..count].CopyTo(free);
            stream = stream[count..];
            reader.Advance(count);
            while (reader.TryTake(out var datagram)) taken.Add(datagram.ToArray());
        }

        return taken;
    }

    private static List<byte[]> Expected(ReadOnlySpan<byte> stream, out long oversize)
    {
        oversize = 0;
        var frames = new List<byte[]>();
        while (stream.Length >= 2)
        {
            var length = stream[0] << 8 | stream[1];
            stream = stream[2..];
            if (length > MaxDatagram) oversize++;
            else if (length > 0 && length <= stream.Length) frames.Add(stream[..length].ToArray());
            stream = stream[Math.Min(length, stream.Length)..];
        }

        return frames;
    }
}
