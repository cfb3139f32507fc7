using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;
using AV1Relay.WebRtc;

namespace AV1Relay.Sfu.Shards;

/// <summary>A token bucket for each source that has proved nothing yet, and for each peer that it names.</summary>
/// <remarks>
/// A source is an IPv4 address or an IPv6 /64, whatever the port. It has one bucket for each peer whose fragment it names, so that somebody who
/// forges a school's address uses up nothing of what the school's own peers have. All memory is taken at the start; where a set of entries is
/// full, the one with most tokens gives way: a bucket that is full says the same as none. The key is seeded, so that nobody can aim at a set.
/// Sans-I/O; one owner thread.
/// </remarks>
internal sealed class SourceLimits
{
    /// <summary>In place of a peer: the source named nobody.</summary>
    public const ulong Nobody = 0;

    private const int Ways = 4;

    private readonly Entry[] _entries;
    private readonly int _setMask;
    private readonly double _perSecond;
    private readonly double _burst;
    private readonly ulong _seed;
    private readonly ulong _seedOfPeers;

    /// <param name="sources">How many are kept apart; rounded up to a power of two.</param>
    /// <param name="perSecond">Of each source and peer; twice as many at once.</param>
    public SourceLimits(int sources, int perSecond)
    {
        var sets = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(1, sources / Ways));
        _entries = new Entry[sets * Ways];
        _setMask = sets - 1;
        _perSecond = perSecond;
        _burst = 2 * perSecond;
        Span<byte> seeds = stackalloc byte[2 * sizeof(ulong)];
        RandomNumberGenerator.Fill(seeds);
        _seed = BinaryPrimitives.ReadUInt64LittleEndian(seeds);
        _seedOfPeers = BinaryPrimitives.ReadUInt64LittleEndian(seeds[sizeof(ulong)..]);
    }

    public int Capacity => _entries.Length;

    /// <param name="peer">What tells the named peer from others, or <see cref="Nobody"/>.</param>
    /// <returns>False when the source has used up what it may do.</returns>
    public bool TryTake(in TransportAddress source, ulong peer, TimeSpan now)
    {
        ref var entry = ref EntryOf(KeyOf(source, peer), now);
        entry.Tokens = TokensAt(entry, now);
        entry.FilledAt = now;
        if (entry.Tokens < 1) return false;
        entry.Tokens--;
        return true;
    }

    private ref Entry EntryOf(ulong key, TimeSpan now)
    {
        var set = _entries.AsSpan(((int)key & _setMask) * Ways, Ways);
        var fullest = 0;
        var most = -1.0;
        for (var i = 0; i < Ways; i++)
        {
            if (set[i].Key == key) return ref set[i];
            var tokens = set[i].Key == 0 ? double.MaxValue : TokensAt(set[i], now);
            if (tokens <= most) continue;
            (fullest, most) = (i, tokens);
        }

        set[fullest] = new Entry { Key = key, Tokens = _burst, FilledAt = now };
        return ref set[fullest];
    }

    private double TokensAt(in Entry entry, TimeSpan now) => Math.Min(_burst, entry.Tokens + (now - entry.FilledAt).TotalSeconds * _perSecond);

    /// <summary>Never 0, which is an empty entry's.</summary>
    private ulong KeyOf(in TransportAddress source, ulong peer)
    {
        const ulong Odd = 0x9E37_79B9_7F4A_7C15; // 2^64 divided by the golden ratio
        var network = source.IsIPv4 ? source.IPv4 : (ulong)(source.Address >> 64);
        return Fold(Fold(network ^ _seed, Odd) ^ peer, _seedOfPeers | 1) | 1UL << 63;
    }

    private static ulong Fold(ulong left, ulong right)
    {
        var high = Math.BigMul(left, right, out var low);
        return high ^ low;
    }

    private struct Entry
    {
        internal ulong Key;
        internal double Tokens;
        internal TimeSpan FilledAt;
    }
}
