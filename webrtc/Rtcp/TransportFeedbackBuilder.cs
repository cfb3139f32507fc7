using System.Buffers.Binary;
using AV1Relay.WebRtc.Rtp;

namespace AV1Relay.WebRtc.Rtcp;

/// <summary>Remembers when packets arrived, and writes it as transport-wide feedback for their sender
/// (draft-holmer-rmcat-transport-wide-cc-extensions-01 §3.1).</summary>
/// <remarks>
/// Sans-I/O. Call <see cref="OnPacket"/> for each packet that carries a transport-wide sequence number, and <see cref="Write"/> every 50–250 ms
/// until it returns 0. A packet that comes late is reported once more together with those after it.
/// </remarks>
public sealed class TransportFeedbackBuilder
{
    private const int Window = 2_048; // packets remembered; a power of two
    private const int VectorSymbols = 7;
    private const int MaxRun = 0x1FFF;

    private const long NotArrived = long.MinValue;

    private readonly long[] _arrivals = new long[Window]; // ticks
    private SequenceNumbers.Unwrapper _unwrapper;
    private long _next; // first to be reported
    private long _newest = -1;
    private bool _hasStarted;
    private byte _feedbackCount;

    /// <summary>Whether there is something to report.</summary>
    public bool HasNews => _hasStarted && _next <= _newest;

    public void OnPacket(ushort transportSequenceNumber, TimeSpan arrival)
    {
        var number = _unwrapper.Unwrap(transportSequenceNumber);
        if (!_hasStarted)
        {
            _hasStarted = true;
            Array.Fill(_arrivals, NotArrived);
            _next = number;
            _newest = number;
        }
        else if (number > _newest)
        {
            // What has slid out of the window unreported is forgotten.
            _next = Math.Max(_next, number - Window + 1);
            for (var i = Math.Max(_newest + 1, _next); i < number; i++) _arrivals[i & (Window - 1)] = NotArrived;
            _newest = number;
        }
        else if (number <= _newest - Window || _arrivals[number & (Window - 1)] != NotArrived)
        {
            return; // too late, or twice
        }
        else if (number < _next)
        {
            _next = number;
        }

        _arrivals[number & (Window - 1)] = arrival.Ticks;
    }

    /// <summary>Writes one feedback packet about what has not been reported yet, as much as fits.</summary>
    /// <returns>Bytes written; 0 when there is nothing to report or no room for it.</returns>
    public int Write(Span<byte> buffer, uint senderSsrc, uint mediaSsrc)
    {
        while (HasNews && Arrival(_next) is null) _next++; // a report begins with a packet that came
        if (!HasNews || buffer.Length < 4 + TransportFeedback.HeaderLength + 8) return 0;

        // No report needs more than two chunk bytes and seven two-byte deltas for seven packets.
        var room = (buffer.Length - 4 - TransportFeedback.HeaderLength) / (2 + 2 * VectorSymbols) * VectorSymbols;
        var limit = Math.Min(_newest - _next + 1, Math.Max(1, room));
        var reference = Arrival(_next)!.Value.Ticks / TransportFeedback.ReferenceTicks; // checked above
        var first = _next;
        var count = CountReportable(first, (int)limit, reference);

        var body = buffer[4..];
        BinaryPrimitives.WriteUInt16BigEndian(body[8..], (ushort)first);
        BinaryPrimitives.WriteUInt16BigEndian(body[10..], (ushort)count);
        BinaryPrimitives.WriteInt32BigEndian(body[12..], (int)reference << 8 | _feedbackCount++);
        var length = 4 + TransportFeedback.HeaderLength;
        length += WriteChunks(buffer[length..], first, count, reference);
        length += WriteDeltas(buffer[length..], first, count, reference);
        var padded = (length + 3) & ~3;
        buffer[length..padded].Clear();
        RtcpWriter.WriteFeedbackHeader(
            buffer, RtcpPacketType.TransportLayerFeedback, RtcpFeedbackFormat.TransportWide, padded, senderSsrc, mediaSsrc);
        _next = first + count;
        return padded;
    }

    private TimeSpan? Arrival(long number) => _arrivals[number & (Window - 1)] is var ticks && ticks == NotArrived ? null : new TimeSpan(ticks);

    /// <summary>How far the deltas stay within sixteen bits.</summary>
    private int CountReportable(long first, int limit, long reference)
    {
        var deltas = new DeltaClock(reference);
        for (var i = 0; i < limit; i++)
        {
            if (Arrival(first + i) is { } arrival && !deltas.TryNext(arrival, out _)) return Math.Max(1, i);
        }

        return limit;
    }

    private int WriteChunks(Span<byte> chunks, long first, int count, long reference)
    {
        var deltas = new DeltaClock(reference);
        Span<byte> symbols = stackalloc byte[Window];
        for (var i = 0; i < count; i++)
        {
            symbols[i] = Arrival(first + i) is not { } arrival || !deltas.TryNext(arrival, out var delta) ? (byte)TransportFeedbackSymbols.NotReceived
                : delta is >= 0 and <= byte.MaxValue ? (byte)TransportFeedbackSymbols.SmallDelta
                : (byte)TransportFeedbackSymbols.LargeDelta;
        }

        var length = 0;
        for (var rest = symbols[..count]; !rest.IsEmpty;)
        {
            var run = rest.IndexOfAnyExcept(rest[0]);
            if (run < 0) run = rest.Length;
            int chunk, taken;
            if (run >= VectorSymbols || run == rest.Length)
            {
                taken = Math.Min(run, MaxRun);
                chunk = rest[0] << 13 | taken;
            }
            else
            {
                taken = Math.Min(VectorSymbols, rest.Length);
                chunk = 0xC000;
                for (var i = 0; i < taken; i++) chunk |= rest[i] << (2 * (VectorSymbols - 1 - i));
            }

            BinaryPrimitives.WriteUInt16BigEndian(chunks[length..], (ushort)chunk);
            length += 2;
            rest = rest[taken..];
        }

        return length;
    }

    private int WriteDeltas(Span<byte> destination, long first, int count, long reference)
    {
        var deltas = new DeltaClock(reference);
        var length = 0;
        for (var i = 0; i < count; i++)
        {
            if (Arrival(first + i) is not { } arrival || !deltas.TryNext(arrival, out var delta)) continue;
            if (delta is >= 0 and <= byte.MaxValue)
            {
                destination[length++] = (byte)delta;
            }
            else
            {
                BinaryPrimitives.WriteInt16BigEndian(destination[length..], (short)delta);
                length += 2;
            }
        }

        return length;
    }

    /// <summary>Differences between arrivals in units of 250 µs, without letting rounding add up.</summary>
    private struct DeltaClock(long reference)
    {
        private long _last = reference * (TransportFeedback.ReferenceTicks / TransportFeedback.DeltaTicks);

        internal bool TryNext(TimeSpan arrival, out long delta)
        {
            var time = arrival.Ticks / TransportFeedback.DeltaTicks;
            delta = time - _last;
            if (delta is < short.MinValue or > short.MaxValue) return false;
            _last = time;
            return true;
        }
    }
}
