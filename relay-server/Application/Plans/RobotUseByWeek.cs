using AV1Relay.Domain.Engagement;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Records;
using AV1Relay.Domain.Reviews;
using NodaTime;

namespace AV1Relay.Application.Plans;

/// <summary>What a review shows of the ledger: robot time against steps in person, week by week (domain rule 8).</summary>
internal static class RobotUseByWeek
{
    /// <summary>A term's worth of weeks in which something was tried.</summary>
    private const int Weeks = 13;

    /// <param name="until">The day of the review, included.</param>
    public static async Task<RobotAgainstSteps> RobotUseAsync(
        this IWork work, PupilId pupil, LocalDate until, FadeSettings settings, CancellationToken cancellationToken)
    {
        var lines = await work.Engagement.OfPupilAsync(pupil, cancellationToken);
        return Of(pupil, lines.Select(kept => kept.Value), until, settings);
    }

    /// <summary>So far back a review looks where something was tried each week; of a pupil who tried nothing for a while, further.</summary>
    public static DateInterval LatestWeeks(LocalDate until) => new(until.PlusWeeks(-Weeks), until);

    /// <param name="lines">The pupil's.</param>
    public static RobotAgainstSteps Of(PupilId pupil, IEnumerable<EngagementEntry> lines, LocalDate until, FadeSettings settings)
    {
        var ledger = new EngagementLedger(pupil, [.. lines]);
        var weeks = ledger.ByWeek().Where(week => week.Monday <= until).TakeLast(Weeks);
        return RobotAgainstSteps.Read(
            weeks.Select(week => new RobotPeriod(new DateInterval(week.Monday, week.Monday.PlusDays(6)), week.Sum.WithRobot, week.Sum.InPersonTries)), settings);
    }
}
