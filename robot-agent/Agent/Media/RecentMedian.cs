namespace AV1Relay.RobotAgent.Media;

/// <summary>The median of the last 128 measurements. Written by one thread; reading sorts a copy.</summary>
internal sealed class RecentMedian
{
    private readonly double[] _values = new double[128];
    private int _count;

    public void Add(double value) => _values[_count++ & 127] = value;

    /// <summary>0 before the first measurement.</summary>
    public double Value
    {
        get
        {
            var count = Math.Min(_count, _values.Length);
            if (count == 0) return 0;
            var copy = _values[..count];
            Array.Sort(copy);
            return copy[count / 2];
        }
    }
}
