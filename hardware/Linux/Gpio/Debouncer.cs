namespace AV1Relay.Hardware.Linux.Gpio;

/// <summary>Turns the chatter of a contact into one change.</summary>
/// <remarks>
/// Sans-I/O; <c>now</c> is monotonic. A level counts once it has been seen unchanged for a time, which may be another for closing than
/// for opening, so that what is safer can come at once.
/// </remarks>
/// <param name="isClosed">At the start.</param>
/// <param name="toClose">How long closed before it counts.</param>
/// <param name="toOpen">How long open before it counts; zero at once.</param>
internal sealed class Debouncer(bool isClosed, TimeSpan toClose, TimeSpan toOpen)
{
    private TimeSpan? _changesAt;

    public bool IsClosed { get; private set; } = isClosed;

    /// <summary>The contact's level now; to be told every few milliseconds.</summary>
    /// <returns>True: <see cref="IsClosed"/> has changed.</returns>
    public bool OnLevel(bool isClosed, TimeSpan now)
    {
        if (isClosed == IsClosed)
        {
            _changesAt = null;
            return false;
        }

        _changesAt ??= now + (isClosed ? toClose : toOpen);
        if (now < _changesAt) return false;
        (IsClosed, _changesAt) = (isClosed, null);
        return true;
    }
}
