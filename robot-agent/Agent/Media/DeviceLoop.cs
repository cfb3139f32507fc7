using AV1Relay.Hardware;

namespace AV1Relay.RobotAgent.Media;

/// <summary>Keeps one device open and busy while it is wanted, tries again when it fails, and closes it at the source when it is not.</summary>
/// <remarks>Owned by the engine's loop: <see cref="Start"/> and <see cref="StopAsync"/> are called by it alone.</remarks>
internal abstract class DeviceLoop(string name, TimeProvider time, ILogger logger, Action changed) : IAsyncDisposable
{
    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan ClosesWithin = TimeSpan.FromSeconds(1);
    private volatile CancellationTokenSource? _stopping; // null: closed
    private Task _running = Task.CompletedTask;
    private Task _closing = Task.CompletedTask;
    private volatile bool _isStuck;
    private volatile TaskCompletionSource _worthTrying = NewSignal();
    private volatile bool _isOpen;
    private volatile string? _fault;

    /// <summary>Whether the device is open at this moment.</summary>
    public bool IsOpen => _isOpen;

    /// <summary>Why it does not work, in words; null while it does or is not wanted.</summary>
    public string? Fault => _fault;

    protected TimeProvider Time => time;

    /// <summary>Opens it; one that has not closed yet stays as it is, and whoever is told of changes tries again when it has.</summary>
    public void Start()
    {
        if (_stopping is not null) return;
        _stopping = new CancellationTokenSource();
        _running = RunAsync(_stopping.Token);
    }

    /// <summary>Returns once the device is closed. One that does not close is named after a second, and not waited for any more: the other devices' orders
    /// must not stand behind it.</summary>
    public async Task StopAsync()
    {
        if (_stopping is not { } stopping || _isStuck) return;
        if (!stopping.IsCancellationRequested) _closing = CloseAsync(stopping);
        try
        {
            await _closing.WaitAsync(ClosesWithin, time);
        }
        catch (TimeoutException)
        {
            _isStuck = true;
            _fault = $"The {name} does not close: unplug it, or switch the robot off.";
            if (_closing.IsCompleted) Closed(); // at this instant
            else MediaLog.DoesNotClose(logger, name);
        }
    }

    /// <summary>It may work now: a loop that waits for its next try tries at once. Any thread.</summary>
    public void TryNow() => _worthTrying.TrySetResult();

    /// <summary>Returns once the device is closed, however long that takes.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await _closing;
    }

    /// <summary>Opens the device, calls <see cref="Opened"/>, works until it ends or fails, and closes it.</summary>
    protected abstract Task UseDeviceAsync(CancellationToken cancellationToken);

    protected void Opened()
    {
        _isOpen = true;
        _fault = null;
        changed();
    }

    private async Task CloseAsync(CancellationTokenSource stopping)
    {
        await stopping.CancelAsync();
        await _running;
        stopping.Dispose();
        Closed();
        _stopping = null;
        changed();
    }

    private void Closed() => (_fault, _isStuck) = (null, false);

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        // Whoever starts a loop must not be held by a device that is slow to open.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        var backoff = new Backoff(FirstRetry, LongestRetry, Random.Shared);
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await UseDeviceAsync(cancellationToken);
                if (!cancellationToken.IsCancellationRequested) _fault = $"The {name} has ended.";
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                // Not wanted any more.
            }
            catch (Exception problem) // the edge of this device: whatever it did, the others go on
            {
                if (_isOpen) backoff.Reset();
                _fault = $"The {name} does not work: {problem.Message}";
                MediaLog.DeviceFailed(logger, name, problem.Message, problem is HardwareException or Codecs.CodecException ? null : problem);
            }
            finally
            {
                _isOpen = false;
                changed();
            }

            if (cancellationToken.IsCancellationRequested) return;
            var worthTrying = _worthTrying;
            await Task.WhenAny(Task.Delay(backoff.Next(), time, cancellationToken), worthTrying.Task);
            if (!worthTrying.Task.IsCompleted) continue;
            _worthTrying = NewSignal();
            backoff.Reset();
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
