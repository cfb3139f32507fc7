using AV1Relay.Hardware.Audio;
using AV1Relay.Hardware.Board;
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

    IVolumeButtons Volume { get; }

    /// <summary>Null: no gauge.</summary>
    IBattery? Battery { get; }

    IBoardThermometer Thermometer { get; }

    /// <summary>Why switch and buttons can't be read, in words; null while they are. Any thread.</summary>
    string? ContactsFault { get; }
}
