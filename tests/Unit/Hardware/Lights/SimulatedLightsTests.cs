using AV1Relay.Hardware.Lights;

namespace AV1Relay.Tests.Unit.Hardware.Lights;

public sealed class SimulatedLightsTests : LightsContract
{
    private protected override ILights Create() => new SimulatedLights();

    private protected override void SetBroken(ILights lights, bool isBroken) => ((SimulatedLights)lights).IsBroken = isBroken;
}
