using AV1Relay.Application.Running;

namespace AV1Relay.Api.SessionControl;

/// <summary>Sessions that fail at each look are worth one line, until they are well again. One thread has it.</summary>
internal sealed class NewFailures
{
    private HashSet<Guid> _known = [];

    /// <param name="failures">All that fail now.</param>
    /// <param name="log">Called for each that did not fail at the last look.</param>
    public void Report(IReadOnlyCollection<SessionFailure> failures, Action<Guid, Exception> log)
    {
        foreach (var failure in failures)
        {
            if (!_known.Contains(failure.Session.Value)) log(failure.Session.Value, failure.Cause);
        }

        if (failures.Count > 0 || _known.Count > 0) _known = [.. failures.Select(failure => failure.Session.Value)];
    }
}
