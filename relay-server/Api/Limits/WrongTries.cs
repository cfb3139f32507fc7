namespace AV1Relay.Api.Limits;

/// <summary>Makes a source that guesses pause: after some wrong tries it is not heard for a while, each time for longer.</summary>
/// <remarks>
/// Sans-IO; <c>now</c> is monotonic. Not thread-safe: see <see cref="SourceGuard"/>. Bounded: with the table full the source
/// that has been quiet longest is forgotten.
/// </remarks>
internal sealed class WrongTries(int triesBeforePause, TimeSpan firstPause, int maxSources)
{
    private const int MaxDoublings = 4;
    private static readonly TimeSpan ForgottenAfter = TimeSpan.FromHours(1);
    private readonly Dictionary<string, Tries> _sources = [];

    /// <summary>How long the source still has to wait; zero when it may try.</summary>
    public TimeSpan WaitFor(string source, TimeSpan now) =>
        _sources.TryGetValue(source, out var tries) && tries.PausedUntil > now ? tries.PausedUntil - now : TimeSpan.Zero;

    public void OnWrong(string source, TimeSpan now)
    {
        if (!_sources.TryGetValue(source, out var tries) || now - tries.LastAt > ForgottenAfter)
        {
            if (_sources.Count >= maxSources)
                _sources.Remove(_sources.MinBy(entry => entry.Value.LastAt).Key);
            tries = default;
        }

        tries = tries with { Wrong = tries.Wrong + 1, LastAt = now };
        if (tries.Wrong >= triesBeforePause)
        {
            var pause = firstPause * (1 << Math.Min(tries.Pauses, MaxDoublings));
            tries = tries with { Wrong = 0, Pauses = tries.Pauses + 1, PausedUntil = now + pause };
        }

        _sources[source] = tries;
    }

    /// <summary>Somebody who got it right was only a bad typist.</summary>
    public void OnRight(string source) => _sources.Remove(source);

    private readonly record struct Tries(int Wrong, int Pauses, TimeSpan PausedUntil, TimeSpan LastAt);
}
