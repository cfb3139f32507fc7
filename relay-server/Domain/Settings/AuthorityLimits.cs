using System.Collections.Immutable;
using AV1Relay.Domain.Arrangements;
using AV1Relay.Domain.Evaluation;
using AV1Relay.Domain.Overview;
using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Referrals;
using AV1Relay.Domain.Refusals;
using AV1Relay.Domain.Reviews;
using NodaTime;

namespace AV1Relay.Domain.Settings;

/// <summary>The numbers among an authority's settings: each with its name, its bounds, and where it stands.</summary>
public static class AuthorityLimits
{
    /// <summary>In the order in which they are read.</summary>
    public static ImmutableArray<AuthorityLimit> All { get; } =
    [
        new("review-due", LimitGroup.Reviews, "A review is shown as due", "days before its date", 0, 90, settings => settings.Reviews.DueDaysBefore),
        new("review-lead", LimitGroup.Reviews, "The lead is told of an overdue review", "days after its date", 0, 90, settings => settings.Reviews.LeadAfterDays),
        new("review-stop", LimitGroup.Reviews, "No new session is booked when a review is overdue", "days after its date", 0, 365, settings => settings.Reviews.LongOverdueAfterDays),
        new("review-gap", LimitGroup.Reviews, "Two reviews of a plan are apart at most", "weeks", 1, 52, settings => settings.Reviews.LongestGapWeeks),

        new("missed-days", LimitGroup.Prompts, "Think of a referral after missed days for a health reason", "school days", 1, 190, settings => settings.Prompts.AfterDays),
        new("notice", LimitGroup.Prompts, "Contacts and agreements are listed", "days before they fall due", 0, 60, settings => settings.Overview.NoticeDays),
        new("grace", LimitGroup.Prompts, "What is due is the key adult's alone", "days after its date", 0, 60, settings => settings.Overview.GraceDays),
        new("lesson", LimitGroup.Prompts, "The lead sees what stands in the way of a lesson", "minutes before it", 0, 1_440, settings => Minutes(settings.Overview.LeadSeesLessonWithin)),

        new("arrangement-review", LimitGroup.Arrangements, "The first review of a reduced timetable comes within", "weeks", 1, 52, settings => settings.Arrangements.FirstReviewWithinWeeks, MayBeOpen: true),
        new("arrangement-longest", LimitGroup.Arrangements, "One agreement to a reduced timetable covers at most", "weeks", 1, 52, settings => settings.Arrangements.LongestWeeks, MayBeOpen: true),
        new("arrangement-extended", LimitGroup.Arrangements, "With its extensions it lasts at most", "weeks", 1, 104, settings => settings.Arrangements.LongestWeeksWithExtensions, MayBeOpen: true),

        new("peak-from", LimitGroup.Suggestions, "A rating counts as high from", "of 10", Step.LowestRating, Step.HighestRating, settings => settings.Suggestions.HighPeakFrom),
        new("peaks", LimitGroup.Suggestions, "A step down is suggested after", "high ratings at one step", 2, 20, settings => settings.Suggestions.HighPeaks),
        new("not-falling", LimitGroup.Suggestions, "Splitting a step is suggested after", "tries that do not get easier", 2, 20, settings => settings.Suggestions.TriesWithoutFalling),
        new("left-early", LimitGroup.Suggestions, "Splitting a step is suggested after", "tries that were left early", 2, 20, settings => settings.Suggestions.LeftEarly),
        new("tries", LimitGroup.Suggestions, "Of a step are looked at", "latest tries", 2, 50, settings => settings.Suggestions.RecentTries),
        new("fade-weeks", LimitGroup.Suggestions, "Robot use is followed over", "weeks", 2, 26, settings => settings.Fading.Periods),
        new("fade-rise", LimitGroup.Suggestions, "A review is asked for when it rises by", "minutes in that time", 1, 1_000, settings => Minutes(settings.Fading.SmallestRise)),

        new("ready", LimitGroup.Sessions, "A robot can be made ready", "minutes before the start", 0, 60, settings => Minutes(settings.Sessions.ReadyBefore)),
        new("release", LimitGroup.Sessions, "A robot that is not in its place is released", "minutes after the start", 0, 60, settings => Minutes(settings.Sessions.ReleaseAfter)),
        new("warn", LimitGroup.Sessions, "Both sides are told that the end is near", "minutes before it", 0, 30, settings => Minutes(settings.Sessions.WarnBeforeEnd)),
        new("rest", LimitGroup.Sessions, "Between two pupils a robot rests", "minutes", 0, 60, settings => Minutes(settings.Sessions.BetweenPupils)),
        new("longer", LimitGroup.Sessions, "A session is made longer by at most", "minutes in all", 0, 120, settings => Minutes(settings.Sessions.LongestExtension)),

        new("fewest-pupils", LimitGroup.Privacy, "A figure is kept back that is about fewer than", "pupils", 2, 50, settings => settings.Evaluation.FewestPupils),
        new("external", LimitGroup.Privacy, "An external professional's access is given for at most", "days at once", 1, 366, settings => (int)settings.LongestExternalAccess.TotalDays),
    ];

    /// <summary>The settings with these numbers.</summary>
    /// <param name="values">By the limits' codes; what is not named stays as it is. Null: open, where that may be.</param>
    /// <param name="arrangementsSource">Where the authority says its limits of reduced timetables, for people to look up.</param>
    /// <exception cref="ArgumentException">There is no such limit.</exception>
    public static Outcome<AuthoritySettings> Change(AuthoritySettings settings, IReadOnlyDictionary<string, int?> values, string arrangementsSource)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(arrangementsSource);
        if (values.Keys.FirstOrDefault(code => All.All(limit => limit.Code != code)) is { } unknown) throw new ArgumentException($"There is no limit {unknown}.", nameof(values));
        var next = All.ToDictionary(limit => limit.Code, limit => values.TryGetValue(limit.Code, out var value) ? value : limit.Of(settings));
        List<Refusal> refusals = [.. All.Select(limit => limit.WhyNot(next[limit.Code])).OfType<Refusal>()];
        if (refusals.Count == 0) refusals.AddRange(Contradictions(code => next[code]!.Value, next, arrangementsSource)); // those asked for are never open
        return refusals.Count > 0 ? Outcome.Refused<AuthoritySettings>(refusals) : With(settings, code => next[code]!.Value, next, arrangementsSource.Trim());
    }

    private static IEnumerable<Refusal> Contradictions(Func<string, int> of, Dictionary<string, int?> all, string source)
    {
        if (of("review-stop") < of("review-lead"))
            yield return new Refusal("settings.review-stop", "Bookings would stop before the lead is told.", "Choose as many days as for the lead, or more.");
        if (of("tries") < Math.Max(of("peaks"), Math.Max(of("not-falling"), of("left-early"))))
            yield return new Refusal("settings.tries", "Too few tries are looked at to find a reason in.", "Look at as many as the largest of the numbers above, or more.");
        if (all["arrangement-extended"] < all["arrangement-longest"])
            yield return new Refusal("settings.arrangement-extended", "With its extensions it would be shorter than one agreement.", "Choose as many weeks, or more.");
        var isAsked = all["arrangement-review"] is not null || all["arrangement-longest"] is not null || all["arrangement-extended"] is not null;
        if (isAsked && string.IsNullOrWhiteSpace(source))
            yield return new Refusal("settings.source", "A limit of reduced timetables says where it comes from.", "Write which guidance or decision of the authority sets it.");
    }

    private static AuthoritySettings With(AuthoritySettings settings, Func<string, int> of, Dictionary<string, int?> all, string source) => settings with
    {
        Reviews = new ReviewSettings(of("review-due"), of("review-lead"), of("review-stop"), of("review-gap")),
        Prompts = new PromptSettings(of("missed-days")),
        Overview = new OverviewSettings(of("notice"), of("grace"), Duration.FromMinutes(of("lesson"))),
        Arrangements = new ArrangementLimits(all["arrangement-review"], all["arrangement-longest"], all["arrangement-extended"], source),
        Suggestions = new SuggestionSettings(of("peak-from"), of("peaks"), of("not-falling"), of("left-early"), of("tries")),
        Fading = new FadeSettings(of("fade-weeks"), Duration.FromMinutes(of("fade-rise"))),
        Sessions = settings.Sessions with
        {
            ReadyBefore = Duration.FromMinutes(of("ready")),
            ReleaseAfter = Duration.FromMinutes(of("release")),
            WarnBeforeEnd = Duration.FromMinutes(of("warn")),
            BetweenPupils = Duration.FromMinutes(of("rest")),
            LongestExtension = Duration.FromMinutes(of("longer")),
        },
        Evaluation = new EvaluationSettings(of("fewest-pupils")),
        LongestExternalAccess = Duration.FromDays(of("external")),
    };

    private static int Minutes(Duration duration) => (int)duration.TotalMinutes;
}

public enum LimitGroup
{
    Reviews,
    Prompts,
    Arrangements,
    Suggestions,
    Sessions,
    Privacy,
}

/// <summary>One number that an authority sets.</summary>
/// <param name="Code">Stable.</param>
/// <param name="Name">Together with the number and the unit a sentence: "A review is shown as due" 7 "days before its date".</param>
/// <param name="MayBeOpen">Whether the authority may ask for nothing.</param>
public sealed record AuthorityLimit(
    string Code, LimitGroup Group, string Name, string Unit, int Least, int Most, Func<AuthoritySettings, int?> Of, bool MayBeOpen = false)
{
    internal Refusal? WhyNot(int? value) => value is null ? MayBeOpen ? null : Outside : value < Least || value > Most ? Outside : null;

    private Refusal Outside => new(
        $"settings.{Code}", $"{Name}: that is no number that makes sense here.",
        FormattableString.Invariant($"Enter a whole number from {Least} to {Most}{(MayBeOpen ? ", or leave it empty" : "")}."));
}
