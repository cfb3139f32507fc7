namespace AV1Relay.Hardware;

/// <summary>Waits for each instant of a steady rate, and skips the instants that nobody came for in time.</summary>
/// <remarks>Not thread-safe: the loop that reads a source owns it.</remarks>
internal sealed class Pacing(TimeProvider time, TimeSpan interval, int mayLagIntervals)
{
    private readonly long _startedAt = time.GetTimestamp();
    private long _next;

    /// <summary>Waits until the next instant has come.</summary>
    /// <returns>The number of that instant: 0, 1, 2 … with gaps where some were skipped.</returns>
    public async ValueTask<long> NextAsync(CancellationToken cancellationToken)
    {
        var now = time.GetElapsedTime(_startedAt);
        var current = (long)(now / interval);
        if (current - _next > mayLagIntervals)
        {
            _next = current;
        }

        var wait = (interval * _next) - now;
        while (wait > TimeSpan.Zero)
        {
            // Task.Delay drops fractions of a millisecond: rounded down, the rest would be waited for by spinning.
            await Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds)), time, cancellationToken).ConfigureAwait(false);
            wait = (interval * _next) - time.GetElapsedTime(_startedAt);
        }

        cancellationToken.ThrowIfCancellationRequested();
        return _next++;
    }
}
