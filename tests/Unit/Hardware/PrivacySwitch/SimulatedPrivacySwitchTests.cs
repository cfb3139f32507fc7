using AV1Relay.Hardware.PrivacySwitch;

namespace AV1Relay.Tests.Unit.Hardware.PrivacySwitch;

public sealed class SimulatedPrivacySwitchTests : PrivacySwitchContract
{
    private SimulatedPrivacySwitch _switch = new();

    private protected override IPrivacySwitch Create() => _switch = new();

    private protected override void Flip(bool isPrivate) => _switch.Set(isPrivate);
}

public sealed class SimulatedCurtainButtonTests : CurtainButtonContract
{
    private SimulatedCurtainButton _button = new();

    private protected override ICurtainButton Create() => _button = new();

    private protected override void Press() => _button.Press();
}
