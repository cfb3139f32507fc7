using System.Diagnostics.CodeAnalysis;
using AV1Relay.Protos.V1;
using HeadPose = AV1Relay.Hardware.Head.HeadPose;

namespace AV1Relay.RobotAgent.Safety;

/// <summary>What the head is to do next.</summary>
internal abstract record HeadOutput
{
    private HeadOutput()
    {
    }

    /// <summary>Go there. The pupil asked for it, and keeps asking.</summary>
    /// <param name="Target">Where to.</param>
    /// <param name="Speed">As this pupil likes it.</param>
    internal sealed record MoveTo(HeadPose Target, HeadSpeed Speed = HeadSpeed.Usual) : HeadOutput;

    /// <summary>Stop at once, wherever it is.</summary>
    internal sealed record Hold(HoldReason Reason) : HeadOutput;

    /// <summary>Look up from rest: a session has become live.</summary>
    /// <param name="Ahead">Straight ahead, for somebody new; otherwise where it pointed when it went to rest.</param>
    internal sealed record Wake(bool Ahead) : HeadOutput;

    /// <summary>Lower the head: nobody is here.</summary>
    internal sealed record Rest : HeadOutput;
}

internal enum HoldReason
{
    LeaseExpired,
    LinkLost,
}

/// <summary>Lets the head move only while the pupil keeps asking it to.</summary>
/// <remarks>
/// Sans-I/O. After any <c>On…</c> call, drain <see cref="TryTakeOutput"/> before the next one: a newer output replaces one that
/// nobody took.
/// </remarks>
internal sealed class HeadLease(TimeSpan validFor)
{
    private TimeSpan? _expiresAt;
    private HeadOutput? _pending;

    /// <summary>When <see cref="OnTimeout"/> is next due; null while the pupil moves nothing.</summary>
    public TimeSpan? NextTimeout => _expiresAt;

    public void OnCommand(HeadPose target, HeadSpeed speed, TimeSpan now)
    {
        _expiresAt = now + validFor;
        _pending = new HeadOutput.MoveTo(target, speed);
    }

    public void OnTimeout(TimeSpan now)
    {
        if (now < _expiresAt || _expiresAt is null) return; // woken early, or at rest
        _expiresAt = null;
        _pending = new HeadOutput.Hold(HoldReason.LeaseExpired);
    }

    public void OnLinkLost()
    {
        _expiresAt = null;
        _pending = new HeadOutput.Hold(HoldReason.LinkLost);
    }

    public void OnWake(bool ahead)
    {
        _expiresAt = null;
        _pending = new HeadOutput.Wake(ahead);
    }

    public void OnRest()
    {
        _expiresAt = null;
        _pending = new HeadOutput.Rest();
    }

    public bool TryTakeOutput([NotNullWhen(true)] out HeadOutput? output)
    {
        (output, _pending) = (_pending, null);
        return output is not null;
    }
}
