namespace AV1Relay.WebRtc.Dtls;

/// <summary>Datagrams on their way out, and the copies of the latest flight that are kept for retransmission.</summary>
/// <remarks>A memory BIO forgets where one datagram ended; records are regrouped here, each datagram as full as it may be.</remarks>
internal sealed class DtlsOutput
{
    private const int MostDatagrams = 64; // an owner who never takes any must not grow this

    private readonly Queue<byte[]> _ready = new();
    private readonly Queue<byte[]> _copies = new();

    public bool HasCopies => _copies.Count > 0;

    /// <summary>Something waits to be taken.</summary>
    public bool HasNew => _ready.Count > 0;

    public void AddRecords(ReadOnlySpan<byte> records)
    {
        var start = records;
        var length = 0;
        while (DtlsRecord.TryTake(ref records, out var record))
        {
            if (length > 0 && length + record.Bytes.Length > IDtlsSession.MaxDatagramLength)
            {
                Add(start[..length]);
                start = start[length..];
                length = 0;
            }

            length += record.Bytes.Length;
        }

        if (length > 0) Add(start[..length]);
    }

    public void KeepCopy(ReadOnlySpan<byte> records) => _copies.Enqueue(records.ToArray());

    public void DropCopies() => _copies.Clear();

    /// <summary>Sends the next copy of the latest flight.</summary>
    public void ReleaseCopy() => AddRecords(_copies.Dequeue());

    public bool TryTake(Span<byte> destination, out int length)
    {
        length = 0;
        if (!_ready.TryPeek(out var datagram)) return false;
        datagram.CopyTo(destination); // throws when the caller's buffer is too short, and keeps the datagram
        length = datagram.Length;
        _ready.Dequeue();
        return true;
    }

    private void Add(ReadOnlySpan<byte> datagram)
    {
        if (_ready.Count < MostDatagrams) _ready.Enqueue(datagram.ToArray()); // a lost datagram is something DTLS lives with
    }
}
