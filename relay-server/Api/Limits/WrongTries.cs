namespace AV1Relay.Api.Limits;

/// <summary>Makes a source that guesses pause: after some wrong tries it is not heard for a while, each time for longer.</summary>
/// <remarks>
/// Sans-IO; <c>now</c> is monotonic. Not thread-safe: see <see cref="SourceGuard"/>. Bounded: with the table full the source
/// that has been quiet longest is forgotten, but never one that pauses: when all of them do, newcomers are one source together.
/// </remarks>
internal sealed class WrongTries(int triesBeforePause, TimeSpan firstPause, int maxSources)
{
    private const int MaxDoublings = 4;
    private const string Newcomers = "";
    private static readonly TimeSpan ForgottenAfter = TimeSpan.FromHours(1);
    private readonly Dictionary<string, Tries> _sources = [];

    /// <summary>How long the source still has to wait; zero when it may try.</summary>
    public TimeSpan WaitFor(string source, TimeSpan now) =>
        _sources.TryGetValue(NameFor(source, now), out var tries) && tries.PausedUntil > now ? tries.PausedUntil - now : TimeSpan.Zero;

    /// <summary>Counts a try as wrong before it is known, so that tries side by side are counted too; <see cref="Refund"/> takes it back.</summary>
    /// <returns>How long the source still has to wait; zero when it may try, and only then it is charged.</returns>
    public TimeSpan Charge(string source, TimeSpan now)
    {
        var wait = WaitFor(source, now);
        if (wait == TimeSpan.Zero)
            OnWrong(source, now);
        return wait;
    }

    /// <summary>A try that was charged was no guess after all. A pause that it brought is over.</summary>
    public void Refund(string source)
    {
        var name = _sources.ContainsKey(source) ? source : Newcomers;
        if (!_sources.TryGetValue(name, out var tries))
            return;
        if (tries.Wrong > 0)
            tries = tries with { Wrong = tries.Wrong - 1 };
        else if (tries.Pauses > 0)
            tries = tries with { Wrong = triesBeforePause - 1, Pauses = tries.Pauses - 1, PausedUntil = default };
        if (tries is { Wrong: 0, Pauses: 0 })
            _sources.Remove(name);
        else
            _sources[name] = tries;
    }

    /// <summary>A source that was charged pauses at once, as if it had used up its tries.</summary>
    public void Pause(string source, TimeSpan now)
    {
        source = NameFor(source, now);
        if (_sources.TryGetValue(source, out var tries) && tries.PausedUntil <= now)
            _sources[source] = Paused(tries, now);
    }

    public void OnWrong(string source, TimeSpan now)
    {
        source = NameFor(source, now);
        if (!_sources.TryGetValue(source, out var tries) || now - tries.LastAt > ForgottenAfter)
        {
            if (tries == default && source != Newcomers && _sources.Count >= maxSources)
                _sources.Remove(_sources.Where(entry => MayBeForgotten(entry, now)).MinBy(entry => entry.Value.LastAt).Key);
            tries = default;
        }

        tries = tries with { Wrong = tries.Wrong + 1, LastAt = now };
        _sources[source] = tries.Wrong >= triesBeforePause ? Paused(tries, now) : tries;
    }

    private Tries Paused(Tries tries, TimeSpan now) =>
        tries with { Wrong = 0, Pauses = tries.Pauses + 1, PausedUntil = now + firstPause * (1 << Math.Min(tries.Pauses, MaxDoublings)) };

    /// <summary>Somebody who got it right was only a bad typist.</summary>
    public void OnRight(string source)
    {
        if (!_sources.Remove(source))
            Refund(source); // of the newcomers: the others' tries were their own
    }

    private string NameFor(string source, TimeSpan now) =>
        _sources.ContainsKey(source) || _sources.Count < maxSources || _sources.Any(entry => MayBeForgotten(entry, now)) ? source : Newcomers;

    private static bool MayBeForgotten(KeyValuePair<string, Tries> entry, TimeSpan now) =>
        entry.Key != Newcomers && entry.Value.PausedUntil <= now;

    private readonly record struct Tries(int Wrong, int Pauses, TimeSpan PausedUntil, TimeSpan LastAt);
}
