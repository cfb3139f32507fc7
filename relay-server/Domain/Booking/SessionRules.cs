using NodaTime;

namespace AV1Relay.Domain.Booking;

/// <summary>The times of a session's life and of the day; settings of the service.</summary>
/// <remarks>Always true: no time is negative.</remarks>
public sealed record SessionRules
{
    public static SessionRules Default { get; } = new();

    /// <summary>How long before the start a robot can be made ready.</summary>
    public Duration ReadyBefore { get; init => field = NotNegative(value); } = Duration.FromMinutes(10);

    /// <summary>How long after the start a robot that is not in its place is released.</summary>
    public Duration ReleaseAfter { get; init => field = NotNegative(value); } = Duration.FromMinutes(15);

    /// <summary>How long before the end both sides are warned. A pupil who leaves after that has not left early.</summary>
    public Duration WarnBeforeEnd { get; init => field = NotNegative(value); } = Duration.FromMinutes(5);

    /// <summary>How long a robot rests between two pupils: to be carried, cleaned and to forget the first.</summary>
    public Duration BetweenPupils { get; init => field = NotNegative(value); } = Duration.FromMinutes(10);

    /// <summary>The most that staff may add to a session in all; a guard against a slip of the finger.</summary>
    public Duration LongestExtension { get; init => field = NotNegative(value); } = Duration.FromMinutes(30);

    /// <summary>How long either side may be without a network and come back with no new sign-in.</summary>
    public Duration SurvivesWithoutNetwork { get; init => field = NotNegative(value); } = Duration.FromSeconds(60);

    /// <summary>When sessions outside lessons may be. The default is a start, and no rule: a school sets its own.</summary>
    public SessionHours Hours { get; init; } = new(new LocalTime(8, 0), new LocalTime(18, 0));

    private static Duration NotNegative(Duration value) =>
        value >= Duration.Zero ? value : throw new ArgumentException("A setting of time is not negative.", nameof(value));
}
