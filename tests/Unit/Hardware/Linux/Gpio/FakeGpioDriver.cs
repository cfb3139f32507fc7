using System.Device.Gpio;

namespace AV1Relay.Tests.Unit.Hardware.Linux.Gpio;

/// <summary>A chip in memory behind the library's own controller. Lines are pulled up: high unless something pulls them low.</summary>
internal sealed class FakeGpioDriver : GpioDriver
{
    private readonly Dictionary<int, PinMode> _modes = [];

    /// <summary>Lines that a contact connects to ground.</summary>
    public HashSet<int> Grounded { get; } = [];

    /// <summary>Lines that some other program has.</summary>
    public HashSet<int> Taken { get; } = [];

    /// <summary>Whether that is said when a line is opened (libgpiod 2) rather than when it is set up (libgpiod 1).</summary>
    public bool RefusesEarly { get; set; }

    /// <summary>Lines that can't be read any more.</summary>
    public HashSet<int> Broken { get; } = [];

    /// <summary>The chip answers nothing.</summary>
    public bool IsBroken { get; set; }

    public bool IsDisposed { get; private set; }

    protected override int PinCount => 54;

    protected override void OpenPin(int pinNumber) => _modes.Add(pinNumber, RefusesEarly && Taken.Contains(pinNumber) ? throw new IOException("busy") : PinMode.Input);

    protected override void ClosePin(int pinNumber) => _modes.Remove(pinNumber);

    protected override void SetPinMode(int pinNumber, PinMode mode) => _modes[pinNumber] = Taken.Contains(pinNumber) ? throw new IOException("busy") : mode;

    protected override PinMode GetPinMode(int pinNumber) => _modes[pinNumber];

    protected override bool IsPinModeSupported(int pinNumber, PinMode mode) => true;

    protected override PinValue Read(int pinNumber)
    {
        if (IsBroken || Broken.Contains(pinNumber)) throw new IOException("error 5");
        if (_modes[pinNumber] != PinMode.InputPullUp) throw new InvalidOperationException("A line without a pull-up reads as it likes.");
        return Grounded.Contains(pinNumber) ? PinValue.Low : PinValue.High;
    }

    protected override void Write(int pinNumber, PinValue value) => throw new InvalidOperationException("Nobody may drive this line.");

    protected override WaitForEventResult WaitForEvent(int pinNumber, PinEventTypes eventTypes, CancellationToken cancellationToken) => throw new NotSupportedException();

    protected override void AddCallbackForPinValueChangedEvent(int pinNumber, PinEventTypes eventTypes, PinChangeEventHandler callback) => throw new NotSupportedException();

    protected override void RemoveCallbackForPinValueChangedEvent(int pinNumber, PinChangeEventHandler callback) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        IsDisposed = true;
        base.Dispose(disposing);
    }
}
