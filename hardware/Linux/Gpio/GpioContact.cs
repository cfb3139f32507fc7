namespace AV1Relay.Hardware.Linux.Gpio;

/// <summary>A contact between a GPIO line and ground, debounced. <see cref="GpioInputs"/> owns it; reading it is thread-safe.</summary>
/// <remarks>Closed pulls the line low. A wire that has come off reads as open: what is safe has to be the open contact.</remarks>
/// <param name="name">What it is on the robot, for faults.</param>
/// <param name="line">Of the chip; on a Raspberry Pi the BCM number.</param>
/// <param name="toClose">How long closed before it counts.</param>
/// <param name="toOpen">How long open before it counts.</param>
/// <param name="isNeeded">Nothing goes live while it can't be read.</param>
internal sealed class GpioContact(string name, int line, TimeSpan toClose, TimeSpan toOpen, bool isNeeded)
{
    private Debouncer _debouncer = new(isClosed: false, toClose, toOpen);
    private volatile bool _isClosed;
    private volatile bool _isLost = true;

    /// <summary>Raised after <see cref="IsClosed"/> or <see cref="IsLost"/> has changed, with whether it is closed, on a timer's thread. A thread that is late still tells what
    /// happened: a press is none the less one for having ended since.</summary>
    public event Action<bool>? Changed;

    public string Name { get; } = name;

    public int Line { get; } = line;

    public bool IsNeeded { get; } = isNeeded;

    /// <summary>The line can't be read, or was not yet.</summary>
    public bool IsLost => _isLost;

    /// <summary>False before the line was read, and while it can't be.</summary>
    public bool IsClosed => _isClosed;

    /// <returns>True: <see cref="Raise"/> has to be called.</returns>
    public bool OnLevel(bool isClosed, TimeSpan now)
    {
        var (wasLost, hasChanged) = (_isLost, _debouncer.OnLevel(isClosed, now));
        if (hasChanged) _isClosed = isClosed;
        _isLost = false;
        return wasLost || hasChanged;
    }

    /// <summary>The line can't be read: that counts as open, at once.</summary>
    /// <inheritdoc cref="OnLevel"/>
    public bool OnLost()
    {
        _debouncer = new(isClosed: false, toClose, toOpen);
        if (_isLost) return false;
        (_isLost, _isClosed) = (true, false);
        return true;
    }

    public void Raise(bool isClosed) => Changed?.Invoke(isClosed);
}
