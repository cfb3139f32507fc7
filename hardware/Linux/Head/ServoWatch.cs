using AV1Relay.Hardware.Linux.ServoBus;

namespace AV1Relay.Hardware.Linux.Head;

/// <summary>Tells from a servo's readings whether it is blocked or too hot.</summary>
/// <remarks>Sans-I/O. <c>now</c> is monotonic. Heat has hysteresis; a blockade lasts until the next goal.</remarks>
internal sealed class ServoWatch
{
    public const int HotCelsius = 65;
    public const int CoolCelsius = 55;

    /// <summary>This long without progress is a blockade; the slowest start of a free axis is much quicker.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(700);

    private const int ArrivedSteps = 34; // 3°: gravity and the dead band are no blockade
    private const int ProgressSteps = 6; // half a degree

    private int? _goal;
    private int _lastProgressAt;
    private TimeSpan? _stuckSince;

    public ServoVerdict Verdict { get; private set; }

    public void OnGoal(int position)
    {
        _goal = position;
        if (Verdict != ServoVerdict.Blocked) return; // a stream of goals must not hide that nothing moves
        (Verdict, _stuckSince) = (ServoVerdict.Well, null);
    }

    /// <summary>It was stopped, and may stay where it is.</summary>
    public void OnHold() => _goal = null;

    public void OnReading(in ServoReading reading, TimeSpan now)
    {
        if (reading.Celsius >= HotCelsius || reading.Errors.HasFlag(StsErrors.TooHot))
        {
            Verdict = ServoVerdict.TooHot;
            return;
        }

        if (Verdict == ServoVerdict.TooHot)
        {
            if (reading.Celsius > CoolCelsius) return;
            (Verdict, _goal) = (ServoVerdict.Well, null);
        }

        var hasProgressed = Math.Abs(reading.Position - _lastProgressAt) >= ProgressSteps;
        if (hasProgressed || _goal is not { } goal || Math.Abs(goal - reading.Position) <= ArrivedSteps)
        {
            (_lastProgressAt, _stuckSince) = (reading.Position, null);
            return;
        }

        _stuckSince ??= now;
        if (now - _stuckSince >= Patience || reading.Errors.HasFlag(StsErrors.Overload)) Verdict = ServoVerdict.Blocked;
    }
}

internal enum ServoVerdict
{
    Well,

    /// <summary>It does not go where it is sent.</summary>
    Blocked,

    /// <summary>It has to rest.</summary>
    TooHot,
}
