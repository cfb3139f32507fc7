using AV1Relay.Hardware.PrivacySwitch;

namespace AV1Relay.Hardware.Linux.Gpio;

/// <summary>The latching switch's signalling pole: closed while camera and speakerphone have power.</summary>
/// <remarks>Whatever opens the contact is private at once: the switch, a wire that came off, a chip that can't be read.</remarks>
internal sealed class GpioPrivacySwitch : IPrivacySwitch
{
    private static readonly TimeSpan Settle = TimeSpan.FromMilliseconds(50);
    private readonly GpioContact _contact;

    public GpioPrivacySwitch(GpioContact contact)
    {
        _contact = contact;
        contact.Changed += _ => Changed?.Invoke();
    }

    public event Action? Changed;

    public bool IsPrivate => !_contact.IsClosed;

    public static GpioContact CreateContact(int line) => new("privacy switch", line, toClose: Settle, toOpen: TimeSpan.Zero);
}
