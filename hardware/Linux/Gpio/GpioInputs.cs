using System.Device.Gpio;

namespace AV1Relay.Hardware.Linux.Gpio;

/// <summary>Looks at every contact a hundred times a second: a hand is slower, and unlike an edge a level can't be missed.</summary>
/// <remarks>A chip that is not there or stops answering leaves every contact open and is tried again each two seconds.</remarks>
internal sealed class GpioInputs : IAsyncDisposable
{
    public static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(10);
    public static readonly TimeSpan TryAgainEvery = TimeSpan.FromSeconds(2);

    private readonly Func<GpioController> _open;
    private readonly TimeProvider _time;
    private readonly GpioContact[] _contacts;
    private readonly Lock _gate = new();
    private readonly ITimer _timer;
    private GpioController? _controller;
    private TimeSpan? _tryAgainAt;
    private volatile string? _fault;
    private bool _isDisposed;

    /// <param name="open">Opens the chip; throws <see cref="HardwareException"/> while there is none.</param>
    /// <param name="time">Paces the looking.</param>
    /// <param name="contacts">All that hang on this chip.</param>
    public GpioInputs(Func<GpioController> open, TimeProvider time, params GpioContact[] contacts)
    {
        (_open, _time, _contacts) = (open, time, contacts);
        _timer = time.CreateTimer(_ => Look(), null, TimeSpan.Zero, LookEvery);
    }

    /// <summary>Why the contacts can't be read, in words; null while they are.</summary>
    public string? Fault => _fault;

    public async ValueTask DisposeAsync()
    {
        await _timer.DisposeAsync().ConfigureAwait(false);
        lock (_gate)
        {
            _isDisposed = true;
            _controller?.Dispose();
            _controller = null;
        }
    }

    private void Look()
    {
        if (!_gate.TryEnter()) return; // the look before this one is still under way
        var changed = new List<(GpioContact Contact, bool IsClosed)>(0);
        try
        {
            var now = _time.GetElapsedTime(0);
            if (_isDisposed || now < _tryAgainAt) return;
            foreach (var contact in _contacts)
            {
                if (contact.OnLevel(Open().Read(contact.Line) == PinValue.Low, now)) changed.Add((contact, contact.IsClosed));
            }

            (_fault, _tryAgainAt) = (null, null);
        }
        catch (Exception problem) when (problem is not OutOfMemoryException) // each driver of the library has its own
        {
            _fault = problem is HardwareException ? problem.Message : $"The buttons and the privacy switch can't be read ({problem.Message}): restart the robot; check that its user is in the group gpio.";
            _tryAgainAt = _time.GetElapsedTime(0) + TryAgainEvery;
            Close();
            changed.AddRange(_contacts.Where(contact => contact.OnLost()).Select(contact => (contact, false)));
        }
        finally
        {
            _gate.Exit();
        }

        foreach (var (contact, isClosed) in changed) contact.Raise(isClosed);
    }

    private GpioController Open()
    {
        if (_controller is { } open) return open;
        _controller = _open();
        foreach (var contact in _contacts) _controller.OpenPin(contact.Line, PinMode.InputPullUp);
        return _controller;
    }

    private void Close()
    {
        try
        {
            _controller?.Dispose();
        }
        catch (Exception problem) when (problem is not OutOfMemoryException)
        {
            // A chip that does not answer can't be closed either.
        }

        _controller = null;
    }
}
