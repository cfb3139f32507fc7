using AV1Relay.Domain.Plans;
using NodaTime;

namespace AV1Relay.Domain.Engagement;

/// <summary>Sessions and steps added up. Leaving early is not among them: that is nobody's score.</summary>
/// <param name="Steps">How many different steps were tried.</param>
public sealed record EngagementSum(int RobotSessions, Duration WithRobot, int InPersonTries, Duration InPerson, int Steps)
{
    public static EngagementSum Nothing { get; } = Of([]);

    /// <summary>Added up first and rounded last, to whole minutes.</summary>
    public int RobotMinutes => Minutes(WithRobot);

    public int InPersonMinutes => Minutes(InPerson);

    public static EngagementSum Of(IEnumerable<StepTried> tries)
    {
        ArgumentNullException.ThrowIfNull(tries);
        var (sessions, withRobot, inPersonTries, inPerson) = (0, Duration.Zero, 0, Duration.Zero);
        HashSet<StepId> steps = [];
        foreach (var tried in tries)
        {
            steps.Add(tried.Step);
            if (tried.IsWithRobot)
                (sessions, withRobot) = (sessions + 1, withRobot + tried.Live);
            else
                (inPersonTries, inPerson) = (inPersonTries + 1, inPerson + tried.Live);
        }

        return new(sessions, withRobot, inPersonTries, inPerson, steps.Count);
    }

    private static int Minutes(Duration time) => (int)Math.Round(time.TotalMinutes, MidpointRounding.AwayFromZero);
}
