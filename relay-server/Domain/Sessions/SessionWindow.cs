using System.Text.Json.Serialization;
using NodaTime;

namespace AV1Relay.Domain.Sessions;

/// <summary>When a session may be live; outside it nothing is.</summary>
/// <remarks>Always true: the end lies after the start. The start is inside, the end is not.</remarks>
public readonly record struct SessionWindow
{
    /// <exception cref="ArgumentException">The end does not lie after the start.</exception>
    [JsonConstructor] // a struct is otherwise rebuilt without its constructor, and so without being checked
    public SessionWindow(Instant start, Instant end)
    {
        if (end <= start)
            throw new ArgumentException("A session ends after it starts.", nameof(end));
        (Start, End) = (start, end);
    }

    public Instant Start { get; }

    public Instant End { get; }

    public bool Contains(Instant instant) => Start <= instant && instant < End;

    public bool HasEnded(Instant instant) => instant >= End;
}
