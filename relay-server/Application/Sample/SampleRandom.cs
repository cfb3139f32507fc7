using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace AV1Relay.Application.Sample;

/// <summary>Numbers that look random and are the same each time, on every machine and runtime: <see cref="Random"/> does not promise that.</summary>
/// <remarks>SplitMix64 (Steele, Lea and Flood, 2014). Each subject has a sequence of its own, so that one school does not depend on another.</remarks>
internal sealed class SampleRandom
{
    private ulong _state;

    public SampleRandom(int seed, string subject) => _state = BinaryPrimitives.ReadUInt64BigEndian(
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{seed} {subject}"))));

    /// <param name="least">Included.</param>
    /// <param name="most">Included.</param>
    public int Between(int least, int most) => least + (int)(Next() % (ulong)(most - least + 1));

    public bool Chance(double probability) => (Next() >> 11) * (1.0 / (1UL << 53)) < probability;

    public T Pick<T>(IReadOnlyList<T> among) => among[Between(0, among.Count - 1)];

    /// <summary>So many of them, in their order.</summary>
    public IReadOnlyList<T> PickInOrder<T>(IReadOnlyList<T> among, int count)
    {
        var picked = new List<T>(count);
        for (var index = 0; index < among.Count && picked.Count < count; index++)
        {
            if (Between(1, among.Count - index) <= count - picked.Count) picked.Add(among[index]);
        }

        return picked;
    }

    /// <summary>Written like a random UUID (RFC 9562 §5.4).</summary>
    public Guid Id()
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, Next());
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], Next());
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }

    private ulong Next()
    {
        _state += 0x9E3779B97F4A7C15;
        var mixed = (_state ^ (_state >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }
}
