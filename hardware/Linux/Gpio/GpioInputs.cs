using System.Device.Gpio;

namespace AV1Relay.Hardware.Linux.Gpio;

/// <summary>Looks at every contact a hundred times a second: a hand is slower, and unlike an edge a level can't be missed.</summary>
/// <remarks>A chip that is not there or stops answering leaves every contact open, and a line that is refused (something else has it) leaves its own;
/// each is tried again every two seconds.</remarks>
internal sealed class GpioInputs : IAsyncDisposable
{
    public static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(10);
    public static readonly TimeSpan TryAgainEvery = TimeSpan.FromSeconds(2);

    private readonly Func<GpioController> _open;
    private readonly TimeProvider _time;
    private readonly Input[] _inputs;
    private readonly Lock _gate = new();
    private readonly ITimer _timer;
    private GpioController? _controller;
    private volatile string? _fault;
    private bool _isDisposed;

    /// <param name="open">Opens the chip; throws <see cref="HardwareException"/> while there is none.</param>
    /// <param name="time">Paces the looking.</param>
    /// <param name="contacts">All that hang on this chip.</param>
    public GpioInputs(Func<GpioController> open, TimeProvider time, params GpioContact[] contacts)
    {
        (_open, _time, _inputs) = (open, time, [.. contacts.Select(contact => new Input(contact))]);
        _timer = time.CreateTimer(_ => Look(), null, TimeSpan.Zero, LookEvery);
    }

    /// <summary>Which contacts can't be read, and why, in words; null while all are.</summary>
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
            if (_isDisposed) return;
            var now = _time.GetElapsedTime(0);
            foreach (var input in _inputs)
            {
                if (now < input.TryAgainAt || !Look(input, now)) continue;
                changed.Add((input.Contact, input.Contact.IsClosed));
            }

            if (!Array.Exists(_inputs, static input => input.IsOpen)) Close(); // a chip that has come back is another one
        }
        finally
        {
            _gate.Exit();
        }

        foreach (var (contact, isClosed) in changed) contact.Raise(isClosed);
    }

    /// <returns>Whether the contact has changed.</returns>
    private bool Look(Input input, TimeSpan now)
    {
        var contact = input.Contact;
        try
        {
            _controller ??= _open();
            if (!input.IsOpen) _controller.OpenPin(contact.Line, PinMode.InputPullUp);
            input.IsOpen = true;
            var hasChanged = contact.OnLevel(_controller.Read(contact.Line) == PinValue.Low, now);
            if (input.TryAgainAt is not null) Tell(input, null, null);
            return hasChanged;
        }
        catch (Exception problem) when (problem is not OutOfMemoryException) // each driver of the library has its own
        {
            Tell(input, problem is HardwareException ? problem.Message : Explain(contact, problem.Message), now + TryAgainEvery);
            Attempt(() => _controller?.ClosePin(contact.Line));
            input.IsOpen = false;
            return contact.OnLost();
        }
    }

    private static string Explain(GpioContact contact, string problem)
        => $"The {contact.Name} on GPIO line {contact.Line} can't be read ({problem}): see that nothing else uses this line, and that the robot's user is in the group gpio.";

    private void Tell(Input input, string? problem, TimeSpan? tryAgainAt)
    {
        (input.Problem, input.TryAgainAt) = (problem, tryAgainAt);
        var problems = _inputs.Select(each => each.Problem).OfType<string>().Distinct().ToList();
        if (Array.Exists(_inputs, static each => each is { Problem: not null, Contact.IsNeeded: true })) problems.Add("Until then nothing goes live.");
        _fault = problems.Count == 0 ? null : string.Join(" ", problems);
    }

    private void Close()
    {
        if (_controller is { } controller) Attempt(controller.Dispose);
        _controller = null;
    }

    /// <summary>What does not answer can't be closed either.</summary>
    private static void Attempt(Action close)
    {
        try
        {
            close();
        }
        catch (Exception problem) when (problem is not OutOfMemoryException)
        {
            // Its fault was told already.
        }
    }

    /// <param name="contact">Owned.</param>
    private sealed class Input(GpioContact contact)
    {
        public GpioContact Contact { get; } = contact;

        /// <summary>Its line is ours.</summary>
        public bool IsOpen { get; set; }

        public string? Problem { get; set; }

        /// <summary>Null while it is read.</summary>
        public TimeSpan? TryAgainAt { get; set; }
    }
}
