using AV1Relay.WebRtc.Rtcp;

namespace AV1Relay.WebRtc.Rtp;

/// <summary>What a receiver reports about one source: RFC 3550 §6.4.1, computed as in its appendices A.1, A.3 and A.8.</summary>
/// <remarks>Packets are authenticated before they come here, so a source needs no probation; a leap in the numbers still does.</remarks>
/// <param name="clockRate">Of the media, in hertz.</param>
public sealed class ReceiveStatistics(uint ssrc, int clockRate)
{
    private const int MaxDropout = 3_000;
    private const int MaxMisorder = 100;
    private const uint NoBadSequence = uint.MaxValue;

    private bool _hasStarted;
    private ushort _highest;
    private uint _cycles; // wraps, in the upper 16 bits
    private uint _base;
    private uint _badSequence = NoBadSequence;
    private long _received;
    private long _expectedBefore;
    private long _receivedBefore;
    private uint _lastTransit;
    private bool _hasTransit;
    private long _jitterTimes16;
    private uint _lastSenderReport;
    private TimeSpan _senderReportAt;

    public uint Ssrc { get; } = ssrc;

    public uint ExtendedHighestSequence => _cycles + _highest;

    public long PacketsReceived => _received;

    /// <summary>Expected minus received; duplicates can make it negative.</summary>
    public long CumulativeLost => _hasStarted ? Expected - _received : 0;

    /// <summary>Interarrival jitter in media clock ticks.</summary>
    public uint Jitter => (uint)(_jitterTimes16 >> 4);

    public TimeSpan JitterTime => TimeSpan.FromSeconds((double)Jitter / clockRate);

    private long Expected => (long)ExtendedHighestSequence - _base + 1;

    /// <summary>Counts a packet. Retransmissions must not come here: they would look like jitter.</summary>
    /// <returns>False for a packet far off the others, until a second one follows it: then the count begins anew.</returns>
    public bool OnPacket(ushort sequenceNumber, uint timestamp, TimeSpan now)
    {
        if (!_hasStarted) Start(sequenceNumber);

        var distance = (ushort)(sequenceNumber - _highest);
        if (distance < MaxDropout)
        {
            if (sequenceNumber < _highest) _cycles += 0x1_0000;
            _highest = sequenceNumber;
        }
        else if (distance <= 0x1_0000 - MaxMisorder)
        {
            if (sequenceNumber != _badSequence)
            {
                _badSequence = (ushort)(sequenceNumber + 1);
                return false;
            }

            Start(sequenceNumber); // two in a row: the other side has started again without telling
        }

        _received++;
        UpdateJitter(timestamp, now);
        return true;
    }

    /// <param name="ntpTime">Of a sender report of this source.</param>
    public void OnSenderReport(NtpTime ntpTime, TimeSpan now)
    {
        _lastSenderReport = ntpTime.Middle32;
        _senderReportAt = now;
    }

    /// <summary>Makes the report block for now; the fraction lost counts from the block made before.</summary>
    public ReportBlock TakeReportBlock(TimeSpan now)
    {
        var expected = _hasStarted ? Expected : 0;
        var expectedInterval = expected - _expectedBefore;
        var lostInterval = expectedInterval - (_received - _receivedBefore);
        _expectedBefore = expected;
        _receivedBefore = _received;
        var fraction = expectedInterval <= 0 || lostInterval <= 0 ? 0 : Math.Min(255, (lostInterval << 8) / expectedInterval);

        return new ReportBlock(
            Ssrc,
            (byte)fraction,
            (int)Math.Clamp(CumulativeLost, -0x80_0000, 0x7F_FFFF),
            ExtendedHighestSequence,
            Jitter,
            _lastSenderReport,
            _lastSenderReport == 0 ? 0 : NtpTime.ToMiddle32(now - _senderReportAt));
    }

    private void Start(ushort sequenceNumber)
    {
        _hasStarted = true;
        _highest = sequenceNumber;
        _base = sequenceNumber;
        _cycles = 0;
        _badSequence = NoBadSequence;
        (_received, _receivedBefore, _expectedBefore) = (0, 0, 0);
        _hasTransit = false;
    }

    private void UpdateJitter(uint timestamp, TimeSpan now)
    {
        var arrival = unchecked((uint)(long)((Int128)now.Ticks * clockRate / TimeSpan.TicksPerSecond));
        var transit = arrival - timestamp;
        if (_hasTransit)
        {
            var difference = Math.Abs((long)(int)(transit - _lastTransit));
            _jitterTimes16 += difference - ((_jitterTimes16 + 8) >> 4);
        }

        _lastTransit = transit;
        _hasTransit = true;
    }
}
