using System.Collections.Immutable;
using NodaTime;

namespace AV1Relay.Domain.Reviews;

/// <summary>A week, say, or the time between two reviews.</summary>
/// <remarks>Always true: nothing is negative.</remarks>
public sealed record RobotPeriod
{
    /// <param name="robotTime">How long the pupil was in class through the robot. Never attendance.</param>
    /// <param name="inPersonSteps">How many steps the pupil took in person.</param>
    /// <exception cref="ArgumentException">A negative time or number.</exception>
    public RobotPeriod(DateInterval dates, Duration robotTime, int inPersonSteps)
    {
        if (robotTime < Duration.Zero) throw new ArgumentException("Time is not negative.", nameof(robotTime));
        if (inPersonSteps < 0) throw new ArgumentException("Steps are not negative.", nameof(inPersonSteps));
        (Dates, RobotTime, InPersonSteps) = (dates, robotTime, inPersonSteps);
    }

    public DateInterval Dates { get; }

    public Duration RobotTime { get; }

    public int InPersonSteps { get; }
}

/// <summary>Robot time against in-person steps, as a review shows it: the robot is built to fade.</summary>
/// <remarks>It can ask for a review and do nothing else: it never cuts off.</remarks>
/// <param name="Periods">The earliest first.</param>
/// <param name="AsksForReview">Robot use rises while in-person steps stall.</param>
public sealed record RobotAgainstSteps(ImmutableArray<RobotPeriod> Periods, bool AsksForReview)
{
    public ImmutableArray<RobotPeriod> Periods { get; init; } = Periods.IsDefault ? [] : Periods;

    public Duration RobotTime => Periods.Aggregate(Duration.Zero, (sum, period) => sum + period.RobotTime);

    public int InPersonSteps => Periods.Sum(period => period.InPersonSteps);

    /// <summary>In words; empty when no review is asked for.</summary>
    public string Reason => AsksForReview
        ? "The robot is used more and more, while steps in person have not become more. Talk about it in a review: nothing stops because of it."
        : "";

    /// <remarks>Keeps personal words out of logs.</remarks>
    public override string ToString() => nameof(RobotAgainstSteps);

    /// <summary>
    /// Looks at the trend over the latest periods: use rises where that comes to the settings' measure from first to last; steps stall where
    /// theirs does not rise. One week that is unlike the others, for an illness say, changes neither. With too few periods nothing is asked.
    /// </summary>
    public static RobotAgainstSteps Read(IEnumerable<RobotPeriod> periods, FadeSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var inOrder = periods.OrderBy(period => period.Dates.Start).ToImmutableArray();
        var latest = inOrder[Math.Max(0, inOrder.Length - settings.Periods)..];
        return new RobotAgainstSteps(inOrder, latest.Length == settings.Periods && UseRises(latest, settings) && StepsStall(latest));
    }

    private static bool UseRises(ImmutableArray<RobotPeriod> periods, FadeSettings settings)
        => RisePerPeriod(periods, period => period.RobotTime.TotalMinutes) * (periods.Length - 1) >= settings.SmallestRise.TotalMinutes;

    private static bool StepsStall(ImmutableArray<RobotPeriod> periods) => RisePerPeriod(periods, period => period.InPersonSteps) <= 0;

    /// <summary>
    /// The median of the rises between any two periods (Theil–Sen). A trend by least squares, or the first against the last, would follow a single
    /// unusual one.
    /// </summary>
    private static double RisePerPeriod(ImmutableArray<RobotPeriod> periods, Func<RobotPeriod, double> value)
    {
        var rises = new List<double>();
        for (var earlier = 0; earlier < periods.Length; earlier++)
        {
            for (var later = earlier + 1; later < periods.Length; later++)
                rises.Add((value(periods[later]) - value(periods[earlier])) / (later - earlier));
        }

        rises.Sort();
        return (rises[(rises.Count - 1) / 2] + rises[rises.Count / 2]) / 2;
    }
}

/// <summary>When rising robot use asks for a review; set by the authority.</summary>
public sealed record FadeSettings
{
    /// <param name="periods">How many of the latest periods are looked at; two or more.</param>
    /// <param name="smallestRise">A rise of less than this, from first to last, is none. Positive.</param>
    /// <exception cref="ArgumentException">Fewer than two periods, or a rise that is not positive.</exception>
    public FadeSettings(int periods, Duration smallestRise)
    {
        if (periods < 2) throw new ArgumentException("One period alone can't rise.", nameof(periods));
        if (smallestRise <= Duration.Zero) throw new ArgumentException("A rise is positive.", nameof(smallestRise));
        (Periods, SmallestRise) = (periods, smallestRise);
    }

    public int Periods { get; }

    public Duration SmallestRise { get; }
}
