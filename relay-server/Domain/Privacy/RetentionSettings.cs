using System.Collections.Immutable;
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
        ],
        new AnnualDate(8, 31));

    public ImmutableArray<RetentionRule> Rules { get; }

    public AnnualDate AcademicYearEnds { get; }

    public RetentionRule RuleFor(RetentionClass @class) => Rules[(int)@class];

    /// <summary>These settings with another rule for one class.</summary>
    public RetentionSettings With(RetentionRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        return new RetentionSettings([.. Rules.Where(other => other.Class != rule.Class), rule], AcademicYearEnds);
    }
}
