using AV1Relay.Hardware.Audio;
using AV1Relay.Hardware.Board;
using AV1Relay.Hardware.Head;
using AV1Relay.Hardware.Lights;
using AV1Relay.Hardware.Power;
using AV1Relay.Hardware.PrivacySwitch;

namespace AV1Relay.RobotAgent.Body;

/// <summary>The body that <c>--simulate</c> gives: it has physics, and its buttons are pressed on the robot's page.</summary>
internal sealed class SimulatedBody(TimeProvider time) : IRobotBody
{
    public SimulatedHead Head { get; } = new(time, HeadDynamics.Led);

    public SimulatedLights Lights { get; } = new();

    public SimulatedCurtainButton Curtain { get; } = new();

    public SimulatedPrivacySwitch PrivacySwitch { get; } = new();

    public SimulatedVolumeButtons Volume { get; } = new();

    IHead IRobotBody.Head => Head;

    ILights IRobotBody.Lights => Lights;

    ICurtainButton IRobotBody.Curtain => Curtain;

    IPrivacySwitch IRobotBody.PrivacySwitch => PrivacySwitch;

    IVolumeButtons IRobotBody.Volume => Volume;

    public IBoardThermometer Thermometer { get; } = new SimulatedThermometer();

    public string? ContactsFault => null;

    public IBattery? Battery { get; } = new SimulatedBattery(time);

    public async ValueTask DisposeAsync()
    {
        await Head.DisposeAsync();
        await Lights.DisposeAsync();
    }
}
