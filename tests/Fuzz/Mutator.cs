using System.Buffers.Binary;
using System.Text;

namespace AV1Relay.Tests.Fuzz;

/// <summary>Makes inputs out of others: changed bits, lengths, numbers at their limits, pieces left out, repeated, moved, or taken from elsewhere.</summary>
internal sealed class Mutator(Random random, IReadOnlyList<byte[]> corpus, FuzzTarget target)
{
    private static readonly uint[] Limits =
        [0, 1, 2, 3, 4, 7, 8, 12, 15, 16, 31, 32, 63, 64, 127, 128, 255, 256, 511, 512, 1_023, 1_024, 2_047, 4_095, 0x7FFF, 0x8000, 0xFFFE, 0xFFFF, 0xFF_FFFF, 0x7FFF_FFFF, 0x8000_0000, uint.MaxValue];

    private static readonly string[] Numbers =
        ["0", "-1", "1", "2", "9", "14", "15", "16", "127", "128", "255", "256", "65535", "65536", "2147483647", "4294967295", "4294967296", "99999999999999999999", "1e9", "٣", ""];

    public byte[] Next()
    {
        if (random.Next(40) == 0) return Noise();
        var input = new List<byte>(corpus[random.Next(corpus.Count)]);
        for (var changes = 1 << random.Next(4); changes > 0; changes--)
        {
            if (target.IsText && random.Next(2) == 0) ChangeText(input);
            else ChangeBytes(input);
        }

        if (input.Count > target.LongestInput) input.RemoveRange(target.LongestInput, input.Count - target.LongestInput);
        return [.. input];
    }

    private byte[] Noise()
    {
        var bytes = new byte[random.Next(0, 300)];
        random.NextBytes(bytes);
        return bytes;
    }

    private void ChangeBytes(List<byte> input)
    {
        var at = input.Count == 0 ? 0 : random.Next(input.Count);
        switch (random.Next(11))
        {
            case 0 when input.Count > 0:
                input[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1 when input.Count > 0:
                input[at] = (byte)random.Next(256);
                break;
            case 2 when input.Count > 0:
                input[at] = (byte)Limits[random.Next(Limits.Length)];
                break;
            case 3:
                WriteLimit(input, at, 2);
                break;
            case 4:
                WriteLimit(input, at, random.Next(3, 5));
                break;
            case 5:
                Nudge(input, at);
                break;
            case 6: // truncated
                input.RemoveRange(at, input.Count - at);
                break;
            case 7: // a piece is left out
                input.RemoveRange(at, random.Next(Math.Min(input.Count - at, 64) + 1));
                break;
            case 8: // a piece comes again, once or often
                var piece = input.GetRange(at, random.Next(Math.Min(input.Count - at, 64) + 1));
                for (var times = random.Next(8) == 0 ? random.Next(64) : 1; times > 0 && input.Count < target.LongestInput; times--) input.InsertRange(at, piece);
                break;
            case 9: // a piece of another input
                var other = corpus[random.Next(corpus.Count)];
                var from = random.Next(other.Length + 1);
                input.InsertRange(at, other[from..Math.Min(other.Length, from + random.Next(1, 200))]);
                break;
            default:
                if (target.Words.Count == 0) break;
                var word = target.Words[random.Next(target.Words.Count)];
                if (random.Next(2) == 0) input.RemoveRange(at, Math.Min(word.Length, input.Count - at));
                input.InsertRange(at, word);
                break;
        }
    }

    /// <summary>A number at its limits, in place: most lengths and counts are one.</summary>
    private void WriteLimit(List<byte> input, int at, int bytes)
    {
        if (input.Count < bytes) return;
        at = Math.Min(at, input.Count - bytes);
        Span<byte> number = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(number, Limits[random.Next(Limits.Length)]);
        for (var i = 0; i < bytes; i++) input[at + i] = number[sizeof(uint) - bytes + i];
    }

    /// <summary>A 16-bit number a little up or down: a length that is just wrong, or says what is really there after another change.</summary>
    private void Nudge(List<byte> input, int at)
    {
        if (input.Count < 2) return;
        at = Math.Min(at, input.Count - 2);
        var number = (ushort)((input[at] << 8 | input[at + 1]) + random.Next(-5, 6));
        (input[at], input[at + 1]) = ((byte)(number >> 8), (byte)number);
    }

    private void ChangeText(List<byte> input)
    {
        var lines = Encoding.UTF8.GetString([.. input]).Split('\n').ToList();
        var at = random.Next(lines.Count);
        switch (random.Next(6))
        {
            case 0:
                lines.RemoveAt(at);
                break;
            case 1:
                for (var times = random.Next(6) == 0 ? random.Next(300) : 1; times > 0; times--) lines.Insert(at, lines[at]);
                break;
            case 2:
                var line = lines[at];
                lines.RemoveAt(at);
                lines.Insert(random.Next(lines.Count + 1), line);
                break;
            case 3:
                lines[at] = WithAnotherNumber(lines[at]);
                break;
            case 4:
                var words = lines[at].Split(' ').ToList();
                var word = random.Next(words.Count);
                if (random.Next(2) == 0) words.RemoveAt(word);
                else words.Insert(word, random.Next(20) == 0 ? new string('x', random.Next(5_000)) : words[random.Next(words.Count)]);
                lines[at] = string.Join(' ', words);
                break;
            default:
                var other = Encoding.UTF8.GetString(corpus[random.Next(corpus.Count)]).Split('\n');
                var from = random.Next(other.Length);
                lines.InsertRange(at, other.Skip(from).Take(random.Next(1, 20)));
                break;
        }

        input.Clear();
        input.AddRange(Encoding.UTF8.GetBytes(string.Join('\n', lines)));
    }

    private string WithAnotherNumber(string line)
    {
        var starts = Enumerable.Range(0, line.Length).Where(i => char.IsDigit(line[i]) && (i == 0 || !char.IsDigit(line[i - 1]))).ToArray();
        if (starts.Length == 0) return line;
        var start = starts[random.Next(starts.Length)];
        var end = start;
        while (end < line.Length && char.IsDigit(line[end])) end++;
        return string.Concat(line.AsSpan(0, start), Numbers[random.Next(Numbers.Length)], line.AsSpan(end));
    }
}
