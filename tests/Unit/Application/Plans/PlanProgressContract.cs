using AV1Relay.Application.Asking;
using AV1Relay.Application.Plans;
using AV1Relay.Domain.Attend;
using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Records;
using AV1Relay.Domain.Refusals;
using AV1Relay.Domain.Reviews;
using AV1Relay.Storage;
using AV1Relay.Tests.Unit.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using NodaTime;
using Xunit;

namespace AV1Relay.Tests.Unit.Application.Plans;

/// <summary>Who sees how it goes with a plan, and that nobody sees what the pupil keeps.</summary>
public abstract class PlanProgressContract(TestDatabase database)
{
    private static readonly ReviewId Held = new(InventedSchool.Number(3001));
    private readonly FakeTimeProvider _time = new(InventedSchool.Morning.ToDateTimeOffset());

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static (string Name, Caller Caller)[] Everybody =>
    [
        ("Psychologist", InventedSchool.Psychologist), ("Sendco", InventedSchool.Sendco), ("KeyAdult", InventedSchool.KeyAdult),
        ("Teacher", InventedSchool.Teacher), ("Technician", InventedSchool.Technician), ("Parent", InventedSchool.Parent),
        ("SendcoElsewhere", InventedSchool.SendcoElsewhere),
    ];

    [Fact]
    public async Task Each_part_of_it_is_seen_by_those_who_may_alone()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var school = await InventedSchool.OpenAsync(storage.Get<IRecords>(), _time);
        var (plan, desk) = (InventedSchool.Plan(1), new Desk(school.Records, _time));
        var (progress, reviews, attend) = (new StaffPlanProgress(desk), new StaffReviews(desk), new StaffAttend(desk));
        await school.Schedule.BookAsync(InventedSchool.Sendco, InventedSchool.Wish(1), "", Cancellation);
        await HoldAsync(school, isConfidential: false);
        await SupplyAsync(school);
        var read = (await school.Plans.ReadAsync(InventedSchool.Sendco, plan, false, Cancellation)).Value;

        Assert.Equal(["Psychologist", "Sendco", "KeyAdult"], await WhoAsync(caller => progress.CurveAsync(caller, plan, Cancellation)));
        Assert.Equal(["Psychologist", "Sendco", "KeyAdult", "Parent"], await WhoAsync(caller => progress.RobotUseAsync(caller, plan, Cancellation)));
        Assert.Equal(["Psychologist", "Sendco", "KeyAdult", "Parent"], await WhoAsync(caller => progress.SessionsAsync(caller, read, Cancellation)));
        Assert.Equal(["Psychologist", "Sendco", "KeyAdult", "Parent"], await WhoAsync(caller => reviews.PrintAsync(caller, plan, Held, false, Cancellation)));
        Assert.Equal(["Psychologist", "Sendco", "KeyAdult"], await WhoAsync(caller => attend.ReadAsync(caller, plan, Cancellation)));
        Assert.Equal(
            InventedSchool.Session(1), Assert.Single((await progress.SessionsAsync(InventedSchool.KeyAdult, read, Cancellation)).Value.Sessions).Id);
    }

    [Fact]
    public async Task What_the_pupil_keeps_is_neither_shown_nor_suggested_from()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var school = await InventedSchool.OpenAsync(storage.Get<IRecords>(), _time);
        var progress = new StaffPlanProgress(new Desk(school.Records, _time));
        await RateAsync(school, 1, SharedWithAdults.Nothing);
        await RateAsync(school, 2, SharedWithAdults.Nothing);

        var kept = (await progress.CurveAsync(InventedSchool.KeyAdult, InventedSchool.Plan(1), Cancellation)).Value;
        await RateAsync(school, 3, SharedWithAdults.Peak);
        await RateAsync(school, 4, SharedWithAdults.Peak);
        var shared = (await progress.CurveAsync(InventedSchool.KeyAdult, InventedSchool.Plan(1), Cancellation)).Value;

        Assert.Empty(kept.Points);
        Assert.Empty(kept.Suggestions);
        Assert.All(shared.Points, point => Assert.Equal((null, 9, null), (point.Ratings.Before, point.Ratings.Peak, point.Ratings.After)));
        Assert.Equal(2, shared.Points.Length);
        Assert.Equal([SuggestionKind.Split], shared.Suggestions.Select(suggestion => suggestion.Kind)); // there is no step below
    }

    [Fact]
    public async Task A_confidential_review_is_not_there_for_a_parent()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var school = await InventedSchool.OpenAsync(storage.Get<IRecords>(), _time);
        var reviews = new StaffReviews(new Desk(school.Records, _time));
        await HoldAsync(school, isConfidential: true);

        var parents = await reviews.PrintAsync(InventedSchool.Parent, InventedSchool.Plan(1), Held, false, Cancellation);
        var none = await reviews.PrintAsync(InventedSchool.Parent, InventedSchool.Plan(1), new ReviewId(InventedSchool.Number(3999)), false, Cancellation);

        Assert.Equal(["review.not-found"], Codes(parents));
        Assert.Equal(parents.Refusals, none.Refusals);
        Assert.Equal(["review.not-found"], Codes(await reviews.PrintAsync(InventedSchool.KeyAdult, InventedSchool.Plan(1), Held, false, Cancellation)));
        Assert.Equal("review.printed", await LastAuditedAsync(storage));
        Assert.True((await reviews.PrintAsync(InventedSchool.KeyAdult, InventedSchool.Plan(1), Held, true, Cancellation)).Value.IsConfidential);
        Assert.Equal("plan.confidential-parts-read", await LastAuditedAsync(storage));
    }

    [Fact]
    public async Task Words_said_in_confidence_come_on_paper_only_for_who_asks_for_them_and_may_read_them()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var school = await InventedSchool.OpenAsync(storage.Get<IRecords>(), _time);
        var reviews = new StaffReviews(new Desk(school.Records, _time));
        await HoldAsync(school, isConfidential: false, saidInConfidence: true);

        var unasked = (await PrintAsync(InventedSchool.Sendco, false)).Value;
        var asked = (await PrintAsync(InventedSchool.Sendco, true)).Value;
        var parents = (await PrintAsync(InventedSchool.Parent, false)).Value;

        Assert.Equal((null, false, true), (unasked.Review.Say, unasked.IsConfidential, unasked.HasMore));
        Assert.Equal(("Mornings are hard.", true, false), (asked.Review.Say?.Words, asked.IsConfidential, asked.HasMore));
        Assert.Equal((null, false, false), (parents.Review.Say, parents.IsConfidential, parents.HasMore));
        Assert.Equal(["access.not-for-role"], Codes(await PrintAsync(InventedSchool.Parent, true)));

        Task<Outcome<PrintedReview>> PrintAsync(Caller caller, bool withConfidentialParts) =>
            reviews.PrintAsync(caller, InventedSchool.Plan(1), Held, withConfidentialParts, Cancellation);
    }

    [Fact]
    public async Task What_was_open_in_a_review_is_made_confidential_afterwards()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var school = await InventedSchool.OpenAsync(storage.Get<IRecords>(), _time);
        await HoldAsync(school, isConfidential: false);

        var words = await school.Plans.MarkWordsConfidentialAsync(InventedSchool.KeyAdult, new PlanChangeRequest(InventedSchool.Plan(1), 2, "", null), Held, Cancellation);
        Assert.Equal("plan.confidential-marked", await LastAuditedAsync(storage));
        Assert.Null(Assert.Single((await ReadAsync(InventedSchool.Parent, false)).Reviews).Say);
        Assert.True(Assert.Single((await ReadAsync(InventedSchool.Sendco, true)).Reviews).Say?.IsConfidential);

        await school.Plans.MarkConfidentialAsync(InventedSchool.KeyAdult, new PlanChangeRequest(InventedSchool.Plan(1), words.Value.Version, "", null), Held, Cancellation);
        Assert.Empty((await ReadAsync(InventedSchool.Parent, false)).Reviews);
        Assert.True(Assert.Single((await ReadAsync(InventedSchool.Sendco, true)).Reviews).IsConfidential);

        async Task<PlanView> ReadAsync(Caller caller, bool withConfidential) =>
            (await school.Plans.ReadAsync(caller, InventedSchool.Plan(1), withConfidential, Cancellation)).Value.View;
    }

    [Fact]
    public async Task Answers_to_the_framework_are_kept_audited_without_their_words_and_not_written_over()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var school = await InventedSchool.OpenAsync(storage.Get<IRecords>(), _time);
        var attend = new StaffAttend(new Desk(school.Records, _time));
        Dictionary<QuestionId, string> answers = new() { [new QuestionId("q1")] = "Drawing." };

        Assert.Equal(["attend.not-supplied"], Codes(await attend.AnswerAsync(InventedSchool.KeyAdult, InventedSchool.Plan(1), 1, answers, Cancellation)));
        await SupplyAsync(school);
        Assert.Equal(["access.not-for-role"], Codes(await attend.AnswerAsync(InventedSchool.Parent, InventedSchool.Plan(1), 1, answers, Cancellation)));
        var answered = (await attend.AnswerAsync(InventedSchool.KeyAdult, InventedSchool.Plan(1), 1, answers, Cancellation)).Value;

        Assert.Equal((2, "Drawing."), (answered.Version, Assert.Single(answered.Profile.Entries).Latest?.Text));
        Assert.Equal("attend.answered", await LastAuditedAsync(storage));
        Assert.Equal(
            ["records.changed-meanwhile"], Codes(await attend.AnswerAsync(InventedSchool.Sendco, InventedSchool.Plan(1), 1, answers, Cancellation)));
        Assert.Equal(2, (await attend.AnswerAsync(InventedSchool.Sendco, InventedSchool.Plan(1), 2, answers, Cancellation)).Value.Version); // nothing new
    }

    private static async Task<List<string>> WhoAsync<T>(Func<Caller, Task<Outcome<T>>> ask)
        where T : class
    {
        List<string> may = [];
        foreach (var (name, caller) in Everybody)
        {
            if (!(await ask(caller)).IsRefused) may.Add(name);
        }

        return may;
    }

    private static async Task HoldAsync(InventedSchool school, bool isConfidential, bool saidInConfidence = false)
    {
        var review = new HeldReview(
            Held, InventedSchool.Monday, [new ReviewParticipant("pupil")], "Maths, twice.", 1, ReviewDecision.Stay, InventedSchool.Monday.PlusWeeks(4), isConfidential);
        var change = new PlanChangeRequest(InventedSchool.Plan(1), 1, "", InventedSchool.Say with { IsConfidential = saidInConfidence });
        Assert.False((await school.Plans.HoldReviewAsync(InventedSchool.Sendco, change, review, Cancellation)).IsRefused);
    }

    private static Task RateAsync(InventedSchool school, int number, SharedWithAdults shared) => KeepAsync(school, work => work.Ratings.Add(new StepRating(
        new RatingId(InventedSchool.Number(4000 + number)), InventedSchool.Pupil(1), InventedSchool.Step(1), null, InventedSchool.Morning - Duration.FromHours(24 - number),
        new PupilsRatings(4, 9, 8, PupilsAnswer.TooBig), shared, InventedSchool.Morning)));

    private static Task SupplyAsync(InventedSchool school) => KeepAsync(school, work => work.AttendProfiles.Add(new AttendProfile(
        InventedSchool.Pupil(1),
        new AttendTemplate("ATTEND", 1, [new AttendSection("home", "At home", [new AttendQuestion(new QuestionId("q1"), "What helps?")])]), [])));

    private static async Task KeepAsync(InventedSchool school, Action<IWork> keep)
    {
        await using var work = await school.Records.BeginAsync(
            InventedSchool.Administrator, InventedSchool.Morning, [Claim.On(InventedSchool.Pupil(1))], Cancellation);
        keep(work);
        Assert.Null(await work.CommitAsync(Cancellation));
    }

    private static async Task<string> LastAuditedAsync(TemporaryRelayStorage storage)
    {
        await using var context = await storage.Get<IDbContextFactory<RelayDbContext>>().CreateDbContextAsync(Cancellation);
        return (await context.Audit.OrderByDescending(row => row.Number).FirstAsync(Cancellation)).What;
    }

    private static IEnumerable<string> Codes<T>(Outcome<T> outcome)
        where T : class => outcome.Refusals.Select(refusal => refusal.Code);
}

public sealed class PlanProgressOnSqliteTests() : PlanProgressContract(TestDatabase.Sqlite);

public sealed class PlanProgressOnPostgresTests() : PlanProgressContract(TestDatabase.Postgres);
