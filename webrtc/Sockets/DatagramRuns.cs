namespace AV1Relay.WebRtc.Sockets;

/// <summary>Groups a batch into runs that one message can carry: one remote address, equal lengths, only the last datagram may be shorter.</summary>
/// <remarks>What goes to one address keeps its order. Different addresses may overtake each other within the batch: they share no order anyway.</remarks>
internal sealed class DatagramRuns
{
    /// <summary>What the kernel takes in one message (UDP_MAX_SEGMENTS of kernels before 6.9).</summary>
    public const int MaxSegments = 64;

    /// <summary>Bytes of one message, all its headers kept in mind: the IP length field has 16 bits.</summary>
    public const int MaxBytes = 60_000;

    /// <summary>How many of the newest runs are looked through: the subscribers of the rooms whose packets lie in one batch.</summary>
    private const int LookBack = 32;

    private Run[] _runs = [];
    private int[] _next = []; // the datagram after this one in its run; −1 ends it

    public int Count { get; private set; }

    /// <summary>The run's datagrams: its first, then by <see cref="Next"/>.</summary>
    public int First(int run) => _runs[run].First;

    public int Segments(int run) => _runs[run].Segments;

    /// <summary>Length of each datagram of a run but the last.</summary>
    public int SegmentLength(int run) => _runs[run].SegmentLength;

    /// <returns>−1 after the last.</returns>
    public int Next(int datagram) => _next[datagram];

    /// <param name="maxSegments">1: every datagram is a run of its own.</param>
    public void Group(DatagramBatch batch, int maxSegments)
    {
        if (_runs.Length < batch.Capacity)
        {
            _runs = new Run[batch.Capacity];
            _next = new int[batch.Capacity];
        }

        Count = 0;
        for (var i = 0; i < batch.Count; i++)
        {
            _next[i] = -1;
            var length = batch.Length(i);
            var run = maxSegments > 1 ? Find(batch, i) : -1;
            if (run < 0 || !_runs[run].Takes(length, maxSegments))
            {
                _runs[Count++] = new Run { First = i, Last = i, SegmentLength = length, Bytes = length, Segments = 1, IsOpen = length > 0 };
                continue;
            }

            ref var found = ref _runs[run];
            _next[found.Last] = i;
            found.Last = i;
            found.Segments++;
            found.Bytes += length;
            found.IsOpen = length == found.SegmentLength;
        }
    }

    /// <summary>The newest run to the same address: only behind that one may a datagram go without overtaking.</summary>
    private int Find(DatagramBatch batch, int datagram)
    {
        var remote = batch.Remote(datagram);
        for (var run = Count - 1; run >= Math.Max(0, Count - LookBack); run--)
        {
            if (batch.Remote(_runs[run].First) == remote) return run;
        }

        return -1;
    }

    private struct Run
    {
        public int First;
        public int Last;
        public int SegmentLength;
        public int Bytes;
        public int Segments;
        public bool IsOpen;

        public readonly bool Takes(int length, int maxSegments)
            => IsOpen && length > 0 && length <= SegmentLength && Segments < maxSegments && Bytes + length <= MaxBytes;
    }
}
