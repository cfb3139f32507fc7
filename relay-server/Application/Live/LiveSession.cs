using System.Collections.Frozen;
using AV1Relay.Application.Schedule;
using AV1Relay.Domain.Access;
using AV1Relay.Domain.People;
using NodaTime;

namespace AV1Relay.Application.Live;

/// <summary>One session at this moment, as somebody in or near the room sees it.</summary>
/// <param name="Room">As the school calls it.</param>
/// <param name="Robot">Null while its link is down.</param>
/// <param name="IsPupilIn">The pupil's device is connected.</param>
/// <param name="May">What of this is theirs to do: it permits nothing, each is asked again when it is done.</param>
/// <param name="PupilsName">What the pupil wants to be called; null while the school has no names outside.</param>
/// <param name="At">When it was so, by the school's clock.</param>
public sealed record LiveSession(ReadSession Read, string Room, RobotNow? Robot, bool IsPupilIn, FrozenSet<Operation> May, PersonalText? PupilsName, LocalTime At)
{
    /// <summary>The robot serves this session and no other.</summary>
    public bool IsServed => Robot?.Session == Read.Session.Id.ToString();

    public override string ToString() => nameof(LiveSession);
}
