using System.Collections.Immutable;
using AV1Relay.Domain.Refusals;
using NodaTime;

namespace AV1Relay.Domain.Privacy;

/// <summary>How long a school keeps each class of data.</summary>
/// <remarks>Always true: each class has exactly one rule.</remarks>
public sealed record RetentionSettings
{
    /// <param name="academicYearEnds">The last day of each academic year.</param>
    /// <exception cref="ArgumentException">A class without a rule, or with two.</exception>
    public RetentionSettings(ImmutableArray<RetentionRule> rules, AnnualDate academicYearEnds)
    {
        (Rules, AcademicYearEnds) = (rules.IsDefault ? [] : [.. rules.OrderBy(rule => rule.Class)], academicYearEnds);
        if (!Rules.Select(rule => rule.Class).SequenceEqual(Enum.GetValues<RetentionClass>()))
            throw new ArgumentException("Each class of data has one rule.", nameof(rules));
    }

    /// <summary>A start for a school that has not set its own. None of these periods is law as it stands here.</summary>
    public static RetentionSettings Defaults { get; } = new(
        [
            new(RetentionClass.Telemetry, RetentionStart.Recorded, Period.FromDays(30), "AV1Relay default: least data"),
            new(RetentionClass.SessionDetail, RetentionStart.Recorded, Period.FromYears(1), "AV1Relay default: the length of one academic year"),
            new(RetentionClass.PlanRecord, RetentionStart.Birth, Period.FromYears(31), "Common practice for SEN records; set it by the school's own schedule"),
            new(RetentionClass.AttendanceLike, RetentionStart.Recorded, Period.FromYears(6), "As registers are kept; set it by the school's own schedule"),
            // From the day it was raised: where a pupil raised it outside of a plan, or a visitor did, no birth is known to count from.
            new(RetentionClass.ConcernRaised, RetentionStart.Recorded, Period.FromYears(6), "AV1Relay default: to show that it was handed over; set it by the school's safeguarding schedule"),
            new(RetentionClass.Adult, RetentionStart.Recorded, Period.FromYears(1), "AV1Relay default: the length of one academic year"),
        ],
        new AnnualDate(8, 31));

    public ImmutableArray<RetentionRule> Rules { get; }

    public AnnualDate AcademicYearEnds { get; }

    public RetentionRule RuleFor(RetentionClass @class) => Rules[(int)@class];

    /// <summary>A school sets how long one class is kept.</summary>
    public Outcome<RetentionSettings> Change(RetentionRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        return rule switch
        {
            { Class: RetentionClass.Telemetry or RetentionClass.Adult, Start: RetentionStart.Birth } => NobodysBirth,
            { Class: RetentionClass.Telemetry, OutlastsErasure: true } => NobodysRecord,
            { Class: RetentionClass.Telemetry, Start: not RetentionStart.Recorded } => FromTheDay,
            _ when string.IsNullOrWhiteSpace(rule.Source) => SourceMissing,
            _ => With(rule),
        };
    }

    /// <summary>These settings with another rule for one class.</summary>
    public RetentionSettings With(RetentionRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        return new RetentionSettings([.. Rules.Where(other => other.Class != rule.Class), rule], AcademicYearEnds);
    }

    private static readonly Refusal NobodysBirth = new(
        "retention.no-birth", "These records are about no pupil, so there is no birth to count from.",
        "Count from the day they were recorded.");

    private static readonly Refusal NobodysRecord = new(
        "retention.no-erasure", "Telemetry is about nobody, so no erasure takes it.", "Leave that out.");

    private static readonly Refusal FromTheDay = new(
        "retention.day-only", "Telemetry is counted from the day it was recorded.", "Count from that day.");

    private static readonly Refusal SourceMissing = new(
        "retention.source-missing", "A time of keeping says where it comes from.",
        "Write in a few words which schedule or decision sets it.");
}
