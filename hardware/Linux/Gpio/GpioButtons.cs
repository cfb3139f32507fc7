using AV1Relay.Hardware.Audio;
using AV1Relay.Hardware.PrivacySwitch;

namespace AV1Relay.Hardware.Linux.Gpio;

/// <summary>The curtain's momentary button.</summary>
internal sealed class GpioCurtainButton : ICurtainButton
{
    public GpioCurtainButton(GpioContact contact) => contact.Changed += isClosed =>
    {
        if (isClosed) Pressed?.Invoke();
    };

    public event Action? Pressed;
}

/// <summary>The two momentary buttons for louder and softer.</summary>
internal sealed class GpioVolumeButtons : IVolumeButtons
{
    public GpioVolumeButtons(GpioContact louder, GpioContact softer)
    {
        louder.Changed += isClosed => Tell(isClosed, 1);
        softer.Changed += isClosed => Tell(isClosed, -1);
    }

    public event Action<int>? Pressed;

    private void Tell(bool isClosed, int step)
    {
        if (isClosed) Pressed?.Invoke(step);
    }
}

/// <summary>How long a button's contact chatters.</summary>
internal static class GpioButton
{
    private static readonly TimeSpan Settle = TimeSpan.FromMilliseconds(30);

    public static GpioContact CreateContact(string name, int line, bool isNeeded = false) => new(name, line, Settle, Settle, isNeeded);
}
