using AV1Relay.Domain.People;
using AV1Relay.Domain.Refusals;

namespace AV1Relay.Domain.Grants;

/// <summary>A device by which one pupil comes in. It becomes theirs when they first do.</summary>
/// <remarks>Always true: it is one pupil's at a time. Whose it is next begins anew, and keeps nothing of who had it before.</remarks>
/// <param name="Id">As the relay knows it; made from what the device remembers, and not to be turned back into that.</param>
/// <param name="Unbound">When staff took it away from the pupil; null while it is theirs.</param>
public sealed record PupilDevice(string Id, PupilId Pupil, Act Bound, Act? Unbound = null)
{
    public bool IsBound => Unbound is null;

    /// <summary>The pupil comes in with a device: it is theirs already, or becomes theirs, unless it is another's.</summary>
    /// <param name="known">What is kept of the device; null when it was never seen.</param>
    public static Outcome<PupilDevice> Bind(PupilDevice? known, string id, PupilId pupil, Act act)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(id);
        ArgumentNullException.ThrowIfNull(act);
        if (known is null or { IsBound: false }) return new PupilDevice(id, pupil, act);
        return known.Pupil == pupil ? known : SomebodyElses;
    }

    /// <summary>It is nobody's from now on. Doing so twice changes nothing.</summary>
    public PupilDevice Unbind(Act act)
    {
        ArgumentNullException.ThrowIfNull(act);
        return IsBound ? this with { Unbound = act } : this;
    }

    public override string ToString() => nameof(PupilDevice);

    private static readonly Refusal SomebodyElses = new(
        "device.somebody-elses", "This tablet or computer is set up for somebody else. You have done nothing wrong.",
        "Use your own, or ask your key adult to set this one up for you.");
}
