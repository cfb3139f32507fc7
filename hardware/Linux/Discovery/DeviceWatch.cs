namespace AV1Relay.Hardware.Linux.Discovery;

/// <summary>Tells when devices come and go. That they do is nothing special: the privacy switch cuts their power.</summary>
/// <remarks>It looks once a second, since not every system tells of changes in <c>/dev</c> and <c>/proc</c>.</remarks>
public sealed class DeviceWatch : IAsyncDisposable
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private readonly Func<IEnumerable<MediaDevice>> _list;
    private readonly Lock _gate = new();
    private readonly ITimer _timer;
    private HashSet<MediaDevice> _there;

    /// <param name="list">All that are there now; must not fail.</param>
    /// <param name="time">Paces the looking.</param>
    public DeviceWatch(Func<IEnumerable<MediaDevice>> list, TimeProvider time)
    {
        (_list, _there) = (list, [.. list()]);
        _timer = time.CreateTimer(_ => Look(), null, LookEvery, LookEvery);
    }

    /// <summary>Raised on a timer's thread; handlers only take note.</summary>
    public event Action<MediaDevice>? Came;

    /// <summary>Raised on a timer's thread; handlers only take note.</summary>
    public event Action<MediaDevice>? Left;

    public ValueTask DisposeAsync() => _timer.DisposeAsync();

    private void Look()
    {
        if (!_gate.TryEnter()) return; // the look before this one is still under way
        try
        {
            HashSet<MediaDevice> now = [.. _list()];
            var before = _there;
            _there = now;
            foreach (var gone in before.Where(device => !now.Contains(device))) Left?.Invoke(gone);
            foreach (var fresh in now.Where(device => !before.Contains(device))) Came?.Invoke(fresh);
        }
        finally
        {
            _gate.Exit();
        }
    }
}
