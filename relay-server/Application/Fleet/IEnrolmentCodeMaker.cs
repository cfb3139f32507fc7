using AV1Relay.Domain.Robots;
using NodaTime;

namespace AV1Relay.Application.Fleet;

/// <summary>Draws codes with which robots enrol, and prints them for a person. Whoever lets robots in provides it.</summary>
public interface IEnrolmentCodeMaker
{
    /// <param name="ends">Until when it can be used.</param>
    StoredEnrolmentCode Make(Instant ends);

    /// <summary>Whole, as it is typed on the robot: a secret.</summary>
    string Print(StoredEnrolmentCode code);
}
