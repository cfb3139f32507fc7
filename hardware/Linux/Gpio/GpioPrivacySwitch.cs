using AV1Relay.Hardware.PrivacySwitch;

namespace AV1Relay.Hardware.Linux.Gpio;

/// <summary>The latching switch's signalling pole, closed while camera and speakerphone have power; and the button of the curtain, which has to be heard.</summary>
/// <remarks>Whatever opens the pole is private at once: the switch, a wire that came off, a chip that can't be read. A curtain's button that can't be read
/// is private too: whoever is in the room could press it in vain.</remarks>
internal sealed class GpioPrivacySwitch : IPrivacySwitch
{
    private static readonly TimeSpan Settle = TimeSpan.FromMilliseconds(50);
    private readonly GpioContact? _pole;
    private readonly GpioContact? _curtain;

    /// <param name="pole">Null: the switch has none.</param>
    /// <param name="curtain">Null: the robot has no such button.</param>
    public GpioPrivacySwitch(GpioContact? pole, GpioContact? curtain)
    {
        (_pole, _curtain) = (pole, curtain);
        if (pole is not null) pole.Changed += _ => Changed?.Invoke();
        if (curtain is not null) curtain.Changed += _ => Changed?.Invoke();
    }

    public event Action? Changed;

    public bool IsPrivate => _pole is { IsClosed: false } || _curtain is { IsLost: true };

    public static GpioContact CreateContact(int line) => new("privacy switch", line, toClose: Settle, toOpen: TimeSpan.Zero, isNeeded: true);
}
