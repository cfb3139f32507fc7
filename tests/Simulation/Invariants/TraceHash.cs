namespace AV1Relay.Tests.Simulation.Invariants;

/// <summary>A fingerprint of all that happened in a run, to tell whether two runs were the same.</summary>
/// <remarks>Keys and ICE's secrets differ from run to run, so content isn't hashed: when what kind of datagram of which size went where is.</remarks>
internal sealed class TraceHash
{
    private const ulong Prime = 0x0000_0100_0000_01B3;

    public ulong Value { get; private set; } = 0xCBF2_9CE4_8422_2325;

    public long Count { get; private set; }

    public void Add(TimeSpan at, int where, int length, byte kind)
    {
        Count++;
        Add((ulong)at.Ticks);
        Add((ulong)(uint)where << 32 | (uint)length << 8 | kind);
    }

    private void Add(ulong value) => Value = System.Numerics.BitOperations.RotateLeft((Value ^ value) * Prime, 23);
}
