using System.Collections.Immutable;
using AV1Relay.Domain.Arrangements;
using AV1Relay.Domain.Attend;
using AV1Relay.Domain.Booking;
using AV1Relay.Domain.Evaluation;
using AV1Relay.Domain.Overview;
using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Privacy;
using AV1Relay.Domain.Referrals;
using AV1Relay.Domain.Registers;
using AV1Relay.Domain.Reviews;
using NodaTime;

namespace AV1Relay.Domain.Settings;

/// <summary>The limits that an authority works within. None of them is law: each authority sets its own.</summary>
public sealed record AuthoritySettings
{
    /// <summary>A start for an authority that has set nothing yet.</summary>
    public static AuthoritySettings Default { get; } = new();

    public ReviewSettings Reviews { get; init; } = new(dueDaysBefore: 7, leadAfterDays: 5, longOverdueAfterDays: 20, longestGapWeeks: 13);

    public SuggestionSettings Suggestions { get; init; } = new(highPeakFrom: 8, highPeaks: 2, triesWithoutFalling: 3, leftEarly: 2, recentTries: 5);

    public FadeSettings Fading { get; init; } = new(periods: 4, smallestRise: Duration.FromMinutes(30));

    public ArrangementLimits Arrangements { get; init; } = ArrangementLimits.None;

    public PromptSettings Prompts { get; init; } = new();

    public EvaluationSettings Evaluation { get; init; } = new();

    public SessionRules Sessions { get; init; } = SessionRules.Default;

    public OverviewSettings Overview { get; init; } = OverviewSettings.Default;

    public RetentionSettings Retention { get; init; } = RetentionSettings.Defaults;

    /// <summary>The ATTEND framework as the authority supplies it; null until it has.</summary>
    public AttendTemplate? Attend { get; init; }

    /// <summary>Codes of the register, one table a school year, the earliest year first. None is built in.</summary>
    public ImmutableArray<RegisterCodeTable> RegisterCodes { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>The longest access that an external professional is given at once (rule 9).</summary>
    public Duration LongestExternalAccess { get; init; } = Duration.FromDays(90);

    /// <summary>Null where nobody has entered the codes of that day's school year.</summary>
    public RegisterCodeTable? CodesOn(LocalDate date) => RegisterCodes.FirstOrDefault(table => table.Year.Dates.Contains(date));

    /// <summary>A table of codes takes the place of the one of its school year.</summary>
    public AuthoritySettings With(RegisterCodeTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        return this with
        {
            RegisterCodes = [.. RegisterCodes.Where(other => other.Year != table.Year).Append(table).OrderBy(other => other.Year.Dates.Start)],
        };
    }
}
