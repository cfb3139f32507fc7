using AV1Relay.Hardware.Head;
using AV1Relay.Hardware.Lights;
using AV1Relay.Hardware.Power;
using AV1Relay.Hardware.PrivacySwitch;

namespace AV1Relay.RobotAgent.Body;

/// <summary>Everything of the robot that is not camera or sound.</summary>
internal interface IRobotBody : IAsyncDisposable
{
    IHead Head { get; }

    ILights Lights { get; }

    ICurtainButton Curtain { get; }

    IPrivacySwitch PrivacySwitch { get; }

    /// <summary>Null: no gauge.</summary>
    IBattery? Battery { get; }
}
