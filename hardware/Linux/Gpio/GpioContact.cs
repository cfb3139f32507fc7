namespace AV1Relay.Hardware.Linux.Gpio;

/// <summary>A contact between a GPIO line and ground, debounced. <see cref="GpioInputs"/> owns it; reading it is thread-safe.</summary>
/// <remarks>Closed pulls the line low. A wire that has come off reads as open: what is safe has to be the open contact.</remarks>
/// <param name="name">What it is on the robot, for faults.</param>
/// <param name="line">Of the chip; on a Raspberry Pi the BCM number.</param>
/// <param name="toClose">How long closed before it counts.</param>
/// <param name="toOpen">How long open before it counts.</param>
internal sealed class GpioContact(string name, int line, TimeSpan toClose, TimeSpan toOpen)
{
    private Debouncer _debouncer = new(isClosed: false, toClose, toOpen);
    private volatile bool _isClosed;

    /// <summary>Raised after <see cref="IsClosed"/> has changed, with what it became, on a timer's thread. A thread that is late still tells what
    /// happened: a press is none the less one for having ended since.</summary>
    public event Action<bool>? Changed;

    public string Name { get; } = name;

    public int Line { get; } = line;

    /// <summary>False before the line was read, and while it can't be.</summary>
    public bool IsClosed => _isClosed;

    /// <returns>True: <see cref="Raise"/> has to be called.</returns>
    public bool OnLevel(bool isClosed, TimeSpan now)
    {
        if (!_debouncer.OnLevel(isClosed, now)) return false;
        _isClosed = isClosed;
        return true;
    }

    /// <summary>The line can't be read: that counts as open, at once.</summary>
    /// <inheritdoc cref="OnLevel"/>
    public bool OnLost()
    {
        _debouncer = new(isClosed: false, toClose, toOpen);
        if (!_isClosed) return false;
        _isClosed = false;
        return true;
    }

    public void Raise(bool isClosed) => Changed?.Invoke(isClosed);
}
