using AV1Relay.Hardware.Audio;
using AV1Relay.Hardware.Linux.Gpio;
using AV1Relay.Hardware.PrivacySwitch;
using AV1Relay.Tests.Unit.Hardware.Audio;
using AV1Relay.Tests.Unit.Hardware.PrivacySwitch;

namespace AV1Relay.Tests.Unit.Hardware.Linux.Gpio;

public sealed class GpioPrivacySwitchTests : PrivacySwitchContract, IAsyncDisposable
{
    private const int Line = 17;
    private readonly GpioBench _bench = new();

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    private protected override IPrivacySwitch Create()
    {
        var contact = GpioPrivacySwitch.CreateContact(Line);
        _bench.Ground(Line, true);
        _bench.With(contact);
        return new GpioPrivacySwitch(contact, curtain: null);
    }

    private protected override void Flip(bool isPrivate)
    {
        for (var bounce = 0; bounce < 6; bounce++)
        {
            _bench.Ground(Line, bounce % 2 == 0 ? !isPrivate : isPrivate && bounce < 4);
            _bench.Pass(3);
        }

        _bench.Ground(Line, !isPrivate);
        _bench.Pass(100);
    }
}

public sealed class GpioCurtainButtonTests : CurtainButtonContract, IAsyncDisposable
{
    private const int Line = 27;
    private readonly GpioBench _bench = new();

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    private protected override ICurtainButton Create()
    {
        var contact = GpioButton.CreateContact("curtain button", Line);
        _bench.With(contact);
        return new GpioCurtainButton(contact);
    }

    private protected override void Press()
    {
        for (var bounce = 0; bounce < 10; bounce++)
        {
            _bench.Ground(Line, bounce % 2 == 0);
            _bench.Pass(7);
        }

        _bench.PressAndLetGo(Line);
    }
}

public sealed class GpioVolumeButtonsTests : VolumeButtonsContract, IAsyncDisposable
{
    private readonly GpioBench _bench = new();

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    private protected override IVolumeButtons Create()
    {
        var (louder, softer) = (GpioButton.CreateContact("louder", 5), GpioButton.CreateContact("softer", 6));
        _bench.With(louder, softer);
        return new GpioVolumeButtons(louder, softer);
    }

    private protected override void Press(int step) => _bench.PressAndLetGo(step > 0 ? 5 : 6);
}
