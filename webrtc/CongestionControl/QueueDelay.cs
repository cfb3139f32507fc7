namespace AV1Relay.WebRtc.CongestionControl;

/// <summary>How long packets wait on the path: their one-way delay over the least one of the last ten to twenty seconds.</summary>
/// <remarks>The clocks' offset cancels out; what they drift apart in that time (2 ms at 100 ppm) does not matter. A mutable struct: keep it in a field.</remarks>
internal struct QueueDelay
{
    private const double Surge = 0.3; // of waiting for each second of sending
    private static readonly TimeSpan Span = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10); // nothing waits longer: a clock leapt
    private static readonly TimeSpan WorthCalling = TimeSpan.FromMilliseconds(100);

    private TimeSpan _leastBefore;
    private TimeSpan _least;
    private TimeSpan _leastSince;
    private bool _hasStarted;
    private TimeSpan _sentBefore;

    internal TimeSpan Value { get; private set; }

    /// <summary>Long, and growing fast: the path has just become much narrower. A trend over twenty groups tells so half a second later.</summary>
    internal bool IsSurging { get; private set; }

    /// <param name="oneWay">Of the quickest of a report's packets: jitter is no queue.</param>
    /// <param name="sentAt">When that one left.</param>
    internal void OnReport(TimeSpan oneWay, TimeSpan sentAt, TimeSpan now)
    {
        var before = Value;
        if (!_hasStarted || oneWay - _least > Longest) (_hasStarted, _leastBefore, _least, _leastSince) = (true, oneWay, oneWay, now);
        if (now - _leastSince > Span) (_leastBefore, _least, _leastSince) = (_least, oneWay, now);
        if (oneWay < _least) _least = oneWay;
        Value = oneWay - (_least < _leastBefore ? _least : _leastBefore);
        IsSurging = Value > WorthCalling && sentAt > _sentBefore && Value - before > Surge * (sentAt - _sentBefore);
        _sentBefore = sentAt;
    }
}
