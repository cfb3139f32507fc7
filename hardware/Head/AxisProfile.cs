using System.Runtime.CompilerServices;

namespace AV1Relay.Hardware.Head;

/// <summary>One axis of <see cref="HeadProfile"/>: a trapezoid of speed, averaged over the last few ticks.</summary>
internal sealed class AxisProfile
{
    private const int MostTicks = 32;
    private History _history;
    private int _next;
    private TrapezoidAxis _axis;

    /// <summary>Degrees.</summary>
    public double Position { get; private set; }

    public double Target => _axis.Target;

    public bool IsStill => _axis.Speed == 0 && _axis.Position == _axis.Target && Position == _axis.Target;

    public void StartFrom(double position)
    {
        _axis = new TrapezoidAxis(position);
        Position = position;
        for (var i = 0; i < MostTicks; i++) _history[i] = position;
    }

    public void MoveTo(double target, double braking) => _axis.MoveTo(target, braking);

    public void Hold(double braking) => _axis.Hold(braking);

    public void Next(HeadPace pace)
    {
        if (IsStill) return;
        var seconds = HeadProfile.Tick.TotalSeconds;
        _axis.Advance(seconds, pace.MaxSpeed, pace.Acceleration);
        _history[_next] = _axis.Position;
        _next = (_next + 1) % MostTicks;
        var ticks = Math.Clamp((int)Math.Round(pace.Softness / HeadProfile.Tick), 1, MostTicks);
        double sum = 0;
        var isSettled = true;
        for (var i = 1; i <= ticks; i++)
        {
            var past = _history[(_next - i + MostTicks) % MostTicks];
            sum += past;
            isSettled &= past == _axis.Target;
        }

        Position = isSettled ? _axis.Target : sum / ticks; // exactly there at the end, whatever the rounding
    }

    [InlineArray(MostTicks)]
    private struct History
    {
        private double _first;
    }
}
