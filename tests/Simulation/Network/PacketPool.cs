namespace AV1Relay.Tests.Simulation.Network;

/// <summary>Buffers of datagrams on their way. All are back when nothing is on its way any more.</summary>
internal sealed class PacketPool
{
    public const int MaxDatagram = 1_600;

    private const int SlotsASlab = 64;

    private readonly List<byte[]> _slabs = [];
    private readonly Stack<int> _free = new();

    public int Outstanding { get; private set; }

    public int MostAtOnce { get; private set; }

    public int Rent()
    {
        if (_free.Count == 0)
        {
            var first = _slabs.Count * SlotsASlab;
            _slabs.Add(new byte[SlotsASlab * MaxDatagram]);
            for (var slot = SlotsASlab - 1; slot >= 0; slot--) _free.Push(first + slot);
        }

        MostAtOnce = Math.Max(MostAtOnce, ++Outstanding);
        return _free.Pop();
    }

    public void Return(int slot)
    {
        Outstanding--;
        _free.Push(slot);
    }

    public Span<byte> Buffer(int slot) => _slabs[slot / SlotsASlab].AsSpan(slot % SlotsASlab * MaxDatagram, MaxDatagram);
}
