namespace AV1Relay.Hardware.Audio.Echo;

/// <summary>The line through a row of noisy measurements, taken to be level until it is sure that it is not: speaker and microphone of one
/// sound card have one clock, and an alignment that moves for nothing costs more echo than a rough one.</summary>
/// <remarks>Least squares by the growing-memory g-h filter, its memory held at <see cref="MostMemory"/>
/// (E. Brookner, "Tracking and Kalman Filtering Made Easy", 1998).</remarks>
internal sealed class DriftLine
{
    private const int MostMemory = 120; // measurements
    private const double FirstDeviation = 20; // samples, until it is known better
    private const double SureDeviations = 4; // from level, to follow
    private const double DoubtDeviations = 2; // to stay level from now on

    private int _memory = 1;
    private double _variance = FirstDeviation * FirstDeviation;
    private double _value;
    private double _slope;
    private double _level;
    private bool _isSloped;

    /// <summary>How much it rises from measurement to measurement.</summary>
    public double Rate => _isSloped ? _slope : 0;

    /// <summary>Where the next measurement is expected.</summary>
    public double Next => _isSloped ? _value + _slope : _level;

    public void Add(double measured)
    {
        var miss = measured - (_value + _slope);
        double ways = (_memory + 1) * (_memory + 2);
        _value += _slope + (miss * 2 * ((2 * _memory) + 1) / ways);
        _slope += miss * 6 / ways;
        _variance += ((miss * miss) - _variance) / (_memory + 1);
        _memory = Math.Min(_memory + 1, MostMemory);

        var deviation = Math.Sqrt(12 * _variance / Math.Pow(_memory, 3)); // of the slope of a line through so many
        var isSloped = Math.Abs(_slope) > (_isSloped ? DoubtDeviations : SureDeviations) * deviation;
        if (_isSloped && !isSloped)
        {
            _level = _value;
        }

        _isSloped = isSloped;
    }

    /// <summary>A measurement that says nothing.</summary>
    public void Skip() => _value += _slope;

    /// <summary>The line goes on from elsewhere, as steep as it was.</summary>
    public void Restart(double value) => (_value, _level) = (value, value);
}
