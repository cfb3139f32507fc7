using AV1Relay.Application.Arrangements;
using AV1Relay.Application.Asking;
using AV1Relay.Application.Plans;
using AV1Relay.Domain.Access;
using AV1Relay.Domain.Agreements;
using AV1Relay.Domain.Arrangements;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Records;
using AV1Relay.Domain.Refusals;
using AV1Relay.Domain.Reviews;
using AV1Relay.Tests.Unit.Storage;
using Microsoft.Extensions.Time.Testing;
using NodaTime;
using Xunit;

namespace AV1Relay.Tests.Unit.Application.Arrangements;

/// <summary>A reduced timetable comes into force when all of it is there, and lasts to its end and no longer (domain rule 5).</summary>
public abstract class StaffArrangementsContract(TestDatabase database)
{
    private readonly FakeTimeProvider _time = new(InventedSchool.Morning.ToDateTimeOffset());

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static ArrangementId Id => new(InventedSchool.Number(7100));

    private static LocalDate Last => InventedSchool.Monday.PlusWeeks(4);

    [Fact]
    public async Task Each_role_may_what_its_work_needs_on_its_own_plan_and_no_other()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var (school, desk) = await OpenAsync(storage);
        await desk.DraftAsync(InventedSchool.KeyAdult, InventedSchool.Plan(1), Id, Terms(), Cancellation);

        var plan = InventedSchool.Plan(1);
        Assert.Equal("Psychologist Sendco KeyAdult Parent External", await EveryRole.WhoMayAsync(who => desk.ReadAsync(who, plan, Cancellation)));
        Assert.Equal("Sendco KeyAdult", await EveryRole.WhoMayAsync(who => desk.DraftAsync(who, plan, new ArrangementId(Guid.NewGuid()), Terms(), Cancellation)));
        Assert.Equal("Sendco KeyAdult", await EveryRole.WhoMayAsync(who => desk.RewriteAsync(who, plan, Id, 99, Terms(), Cancellation)));
        Assert.Equal("", await EveryRole.WhoMayAsync(who => desk.AgreeAsAuthorisedPersonAsync(who, plan, Id, 99, Cancellation))); // not by a role alone
        Assert.Equal("Parent", await EveryRole.WhoMayAsync(who => desk.AgreeAsParentAsync(who, plan, Id, 99, "", Cancellation)));
        Assert.Equal("Sendco KeyAdult", await EveryRole.WhoMayAsync(who => desk.RecordParentsAgreementAsync(who, plan, Id, 99, ByPhone(), Cancellation)));
        Assert.Equal("Sendco", await EveryRole.WhoMayAsync(who => desk.ActivateAsync(who, plan, Id, 99, Cancellation)));
        Assert.Equal("Sendco", await EveryRole.WhoMayAsync(who => desk.ContinueAsync(who, plan, Id, 99, Held(new ReviewId(Guid.NewGuid())), Cancellation)));
        Assert.Equal("Sendco", await EveryRole.WhoMayAsync(who => desk.EndAsync(who, plan, Id, 99, Last, "", Cancellation)));
        Assert.NotNull(school);
    }

    [Fact]
    public async Task It_is_refused_with_all_that_is_missing_until_each_thing_is_there()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var (school, desk) = await OpenAsync(storage);
        await AuthoriseAsync(school, InventedSchool.OtherSendco);
        var empty = new WrittenTerms("", null, null, null, null, "", "", null, IsTemporary: false, IsNotForBehaviour: false);
        await desk.DraftAsync(InventedSchool.KeyAdult, InventedSchool.Plan(1), Id, empty, Cancellation);

        Assert.Equal(
            [
                "arrangement.circumstances-missing", "arrangement.authorised-missing", "arrangement.parent-missing", "arrangement.start-missing",
                "arrangement.end-missing", "arrangement.times-missing", "arrangement.temporary-unconfirmed", "arrangement.plan-missing",
                "arrangement.consultation-missing", "arrangement.review-missing", "arrangement.safeguarding-missing", "arrangement.behaviour-unconfirmed",
                "arrangement.birth-date-missing",
            ],
            await ActivateAsync(desk, seen: 1));
        await BornAsync(school);
        await desk.RewriteAsync(InventedSchool.KeyAdult, InventedSchool.Plan(1), Id, 1, Terms(), Cancellation);
        Assert.Equal(["arrangement.authorised-missing", "arrangement.parent-missing"], await ActivateAsync(desk, seen: 2));
        await desk.AgreeAsAuthorisedPersonAsync(InventedSchool.OtherSendco, InventedSchool.Plan(1), Id, 2, Cancellation);
        Assert.Equal(["arrangement.parent-missing"], await ActivateAsync(desk, seen: 3));
        var elsewhere = await desk.AgreeAsParentAsync(InventedSchool.Parent, InventedSchool.Plan(1), Id, 3, "Yes, for four weeks.", Cancellation);
        Assert.Equal(["arrangement.parent-elsewhere"], elsewhere.Codes());
        Assert.Equal((false, true), await AskedAsync(desk));
        await LivesWithAsync(school, InventedSchool.Parent.Who);
        Assert.Equal((true, true), await AskedAsync(desk));
        await desk.AgreeAsParentAsync(InventedSchool.Parent, InventedSchool.Plan(1), Id, 3, "Yes, for four weeks.", Cancellation);
        Assert.Equal((true, false), await AskedAsync(desk));
        Assert.Empty(await ActivateAsync(desk, seen: 4));

        Assert.Equal(("arrangement.activated", $"plan {InventedSchool.Plan(1)}"), await AuditedAsync(storage));
        Assert.Equal(ArrangementStanding.InForce, (await ReadAsync(desk, InventedSchool.Parent)).Standing);
        Assert.Equal(["arrangement.not-draft"], (await desk.RewriteAsync(InventedSchool.Sendco, InventedSchool.Plan(1), Id, 5, Terms(), Cancellation)).Codes());
        _time.Advance(TimeSpan.FromDays(29));
        Assert.Equal(ArrangementStanding.Lapsed, (await ReadAsync(desk, InventedSchool.Parent)).Standing); // nobody did anything
    }

    [Fact]
    public async Task Other_terms_ask_for_both_agreements_again_and_the_second_of_two_writers_is_told()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var (school, desk) = await OpenAsync(storage);
        await AuthoriseAsync(school, InventedSchool.OtherSendco);
        await desk.DraftAsync(InventedSchool.KeyAdult, InventedSchool.Plan(1), Id, Terms(), Cancellation);
        await desk.AgreeAsAuthorisedPersonAsync(InventedSchool.OtherSendco, InventedSchool.Plan(1), Id, 1, Cancellation);

        var first = await desk.RewriteAsync(InventedSchool.KeyAdult, InventedSchool.Plan(1), Id, 2, Terms() with { Until = Last.PlusWeeks(1) }, Cancellation);
        var second = await desk.RewriteAsync(InventedSchool.Sendco, InventedSchool.Plan(1), Id, 2, Terms(), Cancellation);

        Assert.Null(first.Value.AuthorisedPerson);
        Assert.Equal(["records.changed-meanwhile"], second.Codes());
    }

    [Fact]
    public async Task Who_wrote_a_parents_agreement_down_when_and_how_is_kept_and_only_a_parents_is_written_down()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var (school, desk) = await OpenAsync(storage);
        await LivesWithAsync(school, InventedSchool.Parent.Who);
        _time.Advance(TimeSpan.FromSeconds(20));
        await desk.DraftAsync(InventedSchool.KeyAdult, InventedSchool.Plan(1), Id, Terms(), Cancellation);
        _time.Advance(TimeSpan.FromSeconds(20));

        var stranger = await RecordAsync(desk, ByPhone() with { Parent = InventedSchool.Teacher.Who });
        var before = await RecordAsync(desk, ByPhone() with { At = InventedSchool.Monday.PlusDays(-1).At(new LocalTime(8, 0)) });
        var page = await RecordAsync(desk, ByPhone() with { Manner = AgreementManner.Page });
        var agreed = (await RecordAsync(desk, ByPhone())).Value.Parent; // in the minute in which the terms were written

        Assert.Equal(["arrangement.not-a-parent"], stranger.Codes());
        Assert.Equal(["arrangement.agreed-before-written"], before.Codes());
        Assert.Equal(["agreement.not-on-their-page"], page.Codes());
        Assert.Equal((InventedSchool.Parent.Who.ToString(), AgreementManner.Call, "Yes."), (agreed?.Who, agreed?.Manner, agreed?.Words));
        Assert.Equal(InventedSchool.KeyAdult.Who, agreed?.Recorded?.Who);
        Assert.Equal(("arrangement.agreement-recorded", $"plan {InventedSchool.Plan(1)}"), await AuditedAsync(storage));
    }

    [Fact]
    public async Task Its_end_moves_in_a_review_alone_with_both_agreements_anew()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var (school, desk) = await OpenAsync(storage);
        await InForceAsync(school, desk);
        _time.Advance(TimeSpan.FromDays(7));
        var review = new ReviewId(InventedSchool.Number(7200));
        await school.Plans.HoldReviewAsync(
            InventedSchool.Sendco, new PlanChangeRequest(InventedSchool.Plan(1), 1, "", InventedSchool.Say),
            new HeldReview(
                review, InventedSchool.Monday.PlusWeeks(1), [new ReviewParticipant("pupil")], "Mornings.", 1, ReviewDecision.Stay, InventedSchool.Monday.PlusWeeks(6)),
            Cancellation);

        var none = await ExtendAsync(desk, InventedSchool.OtherSendco, new ReviewId(Guid.NewGuid()));
        var notAuthorised = await ExtendAsync(desk, InventedSchool.Sendco, review);
        var extended = await ExtendAsync(desk, InventedSchool.OtherSendco, review);

        Assert.Equal(["arrangement.no-such-review"], none.Codes());
        Assert.Equal(["access.not-authorised"], notAuthorised.Codes());
        Assert.Equal(Last.PlusWeeks(2), extended.Value.Until);
        Assert.Equal(InventedSchool.Say.Words, extended.Value.Reviews[0].Review.PupilsSay?.Words);
    }

    [Fact]
    public async Task It_runs_on_in_a_review_and_is_ended_without_one()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var (school, desk) = await OpenAsync(storage);
        await InForceAsync(school, desk);
        _time.Advance(TimeSpan.FromDays(7));
        var review = new ReviewId(InventedSchool.Number(7200));
        await school.Plans.HoldReviewAsync(
            InventedSchool.Sendco, new PlanChangeRequest(InventedSchool.Plan(1), 1, "", InventedSchool.Say),
            new HeldReview(
                review, InventedSchool.Monday.PlusWeeks(1), [new ReviewParticipant("pupil")], "Mornings.", 1, ReviewDecision.Stay, InventedSchool.Monday.PlusWeeks(6)),
            Cancellation);

        var held = await desk.ContinueAsync(InventedSchool.Sendco, InventedSchool.Plan(1), Id, 4, Held(review), Cancellation);
        var ended = await desk.EndAsync(InventedSchool.Sendco, InventedSchool.Plan(1), Id, 5, InventedSchool.Monday.PlusWeeks(1), "Back full time.", Cancellation);

        Assert.Equal(InventedSchool.Monday.PlusWeeks(3), held.Value.NextReviewOn);
        Assert.Equal("Back full time.", ended.Value.Ending?.Act.Why);
        _time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(ArrangementStanding.Ended, (await ReadAsync(desk, InventedSchool.Sendco)).Standing);
    }

    [Fact]
    public async Task What_the_pupil_said_in_confidence_is_left_out_for_a_parent()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var (_, desk) = await OpenAsync(storage);
        var say = new AV1Relay.Domain.Plans.PupilsSay("I am afraid of the corridor.", [], [], isConfidential: true);
        await desk.DraftAsync(
            InventedSchool.KeyAdult, InventedSchool.Plan(1), Id, Terms() with { Consultation = new Consultation(InventedSchool.Monday, say, "We are glad.") }, Cancellation);

        var (parents, staffs) = (await ReadAsync(desk, InventedSchool.Parent), await ReadAsync(desk, InventedSchool.KeyAdult));

        Assert.Empty(parents.View.PupilsSays);
        Assert.Null(parents.Terms.PupilsSay);
        Assert.Equal([say], staffs.View.PupilsSays);
    }

    [Fact]
    public async Task The_agreement_of_a_parent_who_lives_elsewhere_by_now_stands_in_nobodys_way()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var (school, desk) = await OpenAsync(storage);
        await LivesWithAsync(school, InventedSchool.Parent.Who, InventedSchool.Monday);
        await LivesWithAsync(school, EveryRole.OtherParent.Who);
        await desk.DraftAsync(InventedSchool.KeyAdult, InventedSchool.Plan(1), Id, Terms(), Cancellation);
        await desk.AgreeAsParentAsync(InventedSchool.Parent, InventedSchool.Plan(1), Id, 1, "", Cancellation);

        Assert.False((await ReadAsync(desk, InventedSchool.Sendco)).IsParentElsewhere);
        _time.Advance(TimeSpan.FromDays(1)); // the last day on which they lived there is over
        Assert.True((await ReadAsync(desk, InventedSchool.Sendco)).IsParentElsewhere);
        var other = await desk.RecordParentsAgreementAsync(
            InventedSchool.Sendco, InventedSchool.Plan(1), Id, 2, ByPhone() with { Parent = EveryRole.OtherParent.Who }, Cancellation);

        Assert.Equal(EveryRole.OtherParent.Who.ToString(), other.Value.Parent?.Who);
        Assert.False((await ReadAsync(desk, InventedSchool.Sendco)).IsParentElsewhere);
    }

    [Fact]
    public async Task A_draft_is_kept_with_what_was_asked_so_far()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var (_, desk) = await OpenAsync(storage);

        await desk.DraftAsync(InventedSchool.KeyAdult, InventedSchool.Plan(1), Id, Terms() with { Consultation = new Consultation(pupil: InventedSchool.Say) }, Cancellation);

        var read = await ReadAsync(desk, InventedSchool.KeyAdult);
        Assert.Equal((null, InventedSchool.Say.Words, null), (read.Terms.ConsultedOn, read.Terms.PupilsSay?.Words, read.Terms.ParentsWords));
        Assert.False(read.WaitsForParent); // first the school has to write all of it down
    }

    [Fact]
    public async Task Another_plans_is_not_there()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var (_, desk) = await OpenAsync(storage);
        await desk.DraftAsync(InventedSchool.KeyAdult, InventedSchool.Plan(1), Id, Terms(), Cancellation);

        var changed = await desk.RewriteAsync(EveryRole.OtherKeyAdult, InventedSchool.Plan(2), Id, 1, Terms(), Cancellation);
        var drafted = await desk.DraftAsync(EveryRole.OtherKeyAdult, InventedSchool.Plan(2), Id, Terms(), Cancellation);

        Assert.Equal(["arrangement.unknown"], changed.Codes());
        Assert.Equal(["arrangement.unknown"], drafted.Codes());
        Assert.Empty((await desk.ReadAsync(EveryRole.OtherKeyAdult, InventedSchool.Plan(2), Cancellation)).Value.Items);
    }

    [Fact]
    public async Task A_parent_reads_their_own_words_and_not_another_parents()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var (school, desk) = await OpenAsync(storage);
        await LivesWithAsync(school, InventedSchool.Parent.Who);
        await desk.DraftAsync(InventedSchool.KeyAdult, InventedSchool.Plan(1), Id, Terms(), Cancellation);
        await desk.AgreeAsParentAsync(InventedSchool.Parent, InventedSchool.Plan(1), Id, 1, "Yes, for four weeks.", Cancellation);
        var alone = await ReadAsync(desk, InventedSchool.Parent);

        var other = await SecondParentAsync(school);

        Assert.Equal(("Yes, for four weeks.", "We are glad of it."), (alone.Parent?.Words, Assert.Single(alone.View.ParentsWords)));
        Assert.Equal(("Yes, for four weeks.", 0, true), WordsIn(await ReadAsync(desk, InventedSchool.Parent))); // it isn't noted which of them is glad of it
        Assert.Equal(("", 0, true), WordsIn(await ReadAsync(desk, other)));
        Assert.Null((await ReadAsync(desk, other)).Terms.ParentsWords);
        foreach (var staff in new[] { InventedSchool.KeyAdult, InventedSchool.Sendco, InventedSchool.Psychologist })
            Assert.Equal(("Yes, for four weeks.", 1, false), WordsIn(await ReadAsync(desk, staff)));
    }

    private static (string? Agreed, int Unattributed, bool KeepsSome) WordsIn(ReadArrangement item) =>
        (item.Parent?.Words, item.View.ParentsWords.Length, item.KeepsParentsWords);

    private static async Task<Caller> SecondParentAsync(InventedSchool school)
    {
        var other = new Caller(new PersonId(InventedSchool.Number(4_712)));
        await school.KeepAsync(work => work.Assignments.Add(new Assignment(
            new AssignmentId(Guid.NewGuid()), other.Who, Role.Parent, new AccessScope.OnePlan(InventedSchool.Id, InventedSchool.Plan(1)),
            InventedSchool.Morning - Duration.FromDays(1), null, new Act(InventedSchool.Administrator, InventedSchool.Morning))));
        return other;
    }

    private async Task<(InventedSchool School, StaffArrangements Desk)> OpenAsync(TemporaryRelayStorage storage)
    {
        var school = await EveryRole.OpenAsync(storage.Get<IRecords>(), _time);
        return (school, new StaffArrangements(new Desk(school.Records, _time)));
    }

    private static async Task InForceAsync(InventedSchool school, StaffArrangements desk)
    {
        await BornAsync(school);
        await LivesWithAsync(school, InventedSchool.Parent.Who);
        await AuthoriseAsync(school, InventedSchool.OtherSendco);
        await desk.DraftAsync(InventedSchool.KeyAdult, InventedSchool.Plan(1), Id, Terms(), Cancellation);
        await desk.AgreeAsAuthorisedPersonAsync(InventedSchool.OtherSendco, InventedSchool.Plan(1), Id, 1, Cancellation);
        await desk.AgreeAsParentAsync(InventedSchool.Parent, InventedSchool.Plan(1), Id, 2, "", Cancellation);
        Assert.Empty(await ActivateAsync(desk, seen: 3));
    }

    private static WrittenTerms Terms() => new(
        "Illness since the summer.", InventedSchool.Monday, Last,
        new AgreedTimetable([new AgreedWeek(InventedSchool.Monday, [new AgreedTime(IsoDayOfWeek.Tuesday, new LocalTime(9, 0), new LocalTime(11, 0))])]),
        InventedSchool.Monday.PlusWeeks(2), "Two mornings first, then more.", "The key adult rings at ten.",
        new Consultation(InventedSchool.Monday, InventedSchool.Say, "We are glad of it."), IsTemporary: true, IsNotForBehaviour: true);

    private ParentsAgreement ByPhone() => new(
        InventedSchool.Parent.Who, Instant.FromDateTimeOffset(_time.GetUtcNow()).InZone(InventedSchool.London).LocalDateTime.With(TimeAdjusters.TruncateToMinute),
        AgreementManner.Call, "Yes.");

    private static ArrangementsReview Held(ReviewId review) => new(review, "It helps.", InventedSchool.Monday.PlusWeeks(3));

    private Task<Outcome<Arrangement>> ExtendAsync(StaffArrangements desk, Caller caller, ReviewId review) => desk.ExtendAsync(
        caller, InventedSchool.Plan(1), Id, 4, Held(review), Last.PlusWeeks(2),
        new AgreedTimetable([new AgreedWeek(Last.PlusDays(1), [new AgreedTime(IsoDayOfWeek.Tuesday, new LocalTime(9, 0), new LocalTime(12, 0))])]), ByPhone(), Cancellation);

    private static Task<Outcome<Arrangement>> RecordAsync(StaffArrangements desk, ParentsAgreement agreed) =>
        desk.RecordParentsAgreementAsync(InventedSchool.KeyAdult, InventedSchool.Plan(1), Id, 1, agreed, Cancellation);

    private static async Task<IEnumerable<string>> ActivateAsync(StaffArrangements desk, long seen) =>
        (await desk.ActivateAsync(InventedSchool.Sendco, InventedSchool.Plan(1), Id, seen, Cancellation)).Codes();

    private static async Task<ReadArrangement> ReadAsync(StaffArrangements desk, Caller caller) =>
        Assert.Single((await desk.ReadAsync(caller, InventedSchool.Plan(1), Cancellation)).Value.Items);

    private static Task BornAsync(InventedSchool school) => school.KeepAsync(work => work.PupilCards.Add(
        new PupilCard(InventedSchool.Pupil(1), new PersonalText("Sam"), new LocalDate(2013, 5, 4), [])));

    /// <summary>Whether the parent is the one who is asked, and whether the draft waits for one.</summary>
    private static async Task<(bool IsAsked, bool Waits)> AskedAsync(StaffArrangements desk)
    {
        var read = (await desk.ReadAsync(InventedSchool.Parent, InventedSchool.Plan(1), Cancellation)).Value;
        return (read.LivesWithReader, Assert.Single(read.Items).WaitsForParent);
    }

    private static Task LivesWithAsync(InventedSchool school, PersonId parent, LocalDate? until = null) => school.KeepAsync(work => work.Parenthoods.Add(new Parenthood(
        parent, InventedSchool.Pupil(1), livesWith: true, InventedSchool.Monday.PlusYears(-1), until, new Act(InventedSchool.Administrator, InventedSchool.Morning))));

    private static Task AuthoriseAsync(InventedSchool school, Caller who) => school.KeepAsync(work => work.Assignments.Add(new Assignment(
        new AssignmentId(Guid.NewGuid()), who.Who, Role.Sendco, new AccessScope.OneSchool(InventedSchool.Id), InventedSchool.Morning - Duration.FromDays(1), null,
        new Act(InventedSchool.Administrator, InventedSchool.Morning), Mandate.AgreesToReducedTimetables)));

    private static async Task<(string What, string Subject)> AuditedAsync(TemporaryRelayStorage storage)
    {
        var entry = await storage.LastAuditedAsync();
        return (entry.What, entry.Subject);
    }
}

public sealed class StaffArrangementsOnSqliteTests() : StaffArrangementsContract(TestDatabase.Sqlite);

public sealed class StaffArrangementsOnPostgresTests() : StaffArrangementsContract(TestDatabase.Postgres);
