using AV1Relay.Hardware.Linux.ServoBus;

namespace AV1Relay.Tests.Fuzz.Targets;

/// <summary>What comes from the servos' wire: answers, echoes and noise.</summary>
internal sealed class StsTarget : FuzzTarget
{
    private static readonly byte[] Answer = Hex("FFFF0104000008F2");

    public override string Name => "sts";

    public override int LongestInput => 600;

    public override long MostBytesAnInput => 50_000;

    public override IReadOnlyList<byte[]> Words { get; } =
        [Hex("FFFF"), Hex("FFFF01"), Hex("FFFF0102"), Hex("FFFF01020024FC"), Hex("FFFF0104380200"), Hex("FFFFFE02"), Answer, Hex("FFFF0100"), Hex("FFFF01FF")];

    public override void Run(byte[] input)
    {
        var whole = Read(input, chunk: int.MaxValue);
        if (input.Length > StsStatusParser.Capacity) return;
        foreach (var chunk in (int[])[1, 3, 7]) Require(Read(input, chunk).SequenceEqual(whole), $"Cut into pieces of {chunk}, something else was read.");
    }

    private static List<string> Read(byte[] input, int chunk)
    {
        List<string> found = [];
        var parser = new StsStatusParser();
        for (var at = 0; at < input.Length;)
        {
            var count = Math.Min(chunk, input.Length - at);
            parser.Append(input.AsSpan(at, count));
            at += count;
            Take(parser, found);
        }

        while (parser.OnSilence()) Take(parser, found);
        Require(parser.NoiseBytes <= input.Length, "More noise than there were bytes.");

        // Whatever came before: once the line was silent, the next answer is read at once.
        parser.Append(Answer);
        Require(parser.TryRead(out var status) && status.Id == 1 && status.Parameters.SequenceEqual((byte[])[0, 8]), "An answer behind silence was not read.");
        return found;
    }

    private static void Take(StsStatusParser parser, List<string> found)
    {
        while (parser.TryRead(out var status))
        {
            Require(status.Id <= StsFrame.Broadcast && status.Parameters.Length <= StsFrame.MaxParameters, "A packet that nobody on our wire sends.");
            byte[] body = [status.Id, (byte)(status.Parameters.Length + 2), (byte)status.Errors, .. status.Parameters];
            found.Add(Convert.ToHexString(body));
        }
    }
}
