using AV1Relay.Application.Asking;
using AV1Relay.Application.People;
using AV1Relay.Application.Schedule;
using AV1Relay.Domain.Access;
using AV1Relay.Domain.Booking;
using AV1Relay.Domain.Grants;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Refusals;
using AV1Relay.Tests.Unit.Storage;
using NodaTime;
using Xunit;

namespace AV1Relay.Tests.Unit.Application.People;

/// <summary>People, roles and pupils of a school, as staff look after them; and a parent's own answer.</summary>
public abstract class StaffPeopleContract(TestDatabase database)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static PersonId Someone { get; } = new(InventedSchool.Number(34));

    private static NewPerson Typed => new("Dr Zebu", "01392 1", "zebu@example.org");

    [Fact]
    public async Task Who_is_given_access_to_a_plan_stands_among_its_people_until_their_last_day()
    {
        await using var office = await PeopleOffice.OpenAsync(database);

        await office.Roles.GiveAsync(InventedSchool.Sendco, PeopleOffice.AtPlan(Someone, Typed), "For the review", Cancellation);
        var people = (await office.Roles.OfPlanAsync(InventedSchool.Sendco, InventedSchool.Plan(1), Cancellation)).Value.People;

        var given = Assert.Single(people, person => person.Who == Someone);
        Assert.Equal("Dr Zebu", given.Name?.Text);
        Assert.Equal(InventedSchool.Monday.PlusDays(8).AtStartOfDayInZone(InventedSchool.London).ToInstant(), given.Roles[0].Role.Until);
        Assert.DoesNotContain(people, person => person.Who == InventedSchool.Teacher.Who); // whose role reaches no plan
    }

    [Theory]
    [InlineData(-1, "access.over-already")]
    [InlineData(120, "access.too-long")]
    [InlineData(null, "access.no-end")]
    public async Task An_external_professionals_access_ends_in_good_time(int? daysAhead, string code)
    {
        await using var office = await PeopleOffice.OpenAsync(database);
        var gift = PeopleOffice.AtPlan(Someone, Typed) with { LastDay = daysAhead is { } days ? InventedSchool.Monday.PlusDays(days) : null };

        Assert.Equal([code], Codes(await office.Roles.GiveAsync(InventedSchool.Sendco, gift, "", Cancellation)));
    }

    [Fact]
    public async Task A_role_for_the_school_is_not_given_at_a_plan_and_none_is_given_twice()
    {
        await using var office = await PeopleOffice.OpenAsync(database);

        Assert.Equal(["access.role-elsewhere"], Codes(await office.Roles.GiveAsync(
            InventedSchool.Sendco, PeopleOffice.AtPlan(Someone, Typed, Role.Sendco), "", Cancellation)));
        Assert.Equal(["access.role-elsewhere"], Codes(await office.Roles.GiveAsync(
            InventedSchool.Sendco, PeopleOffice.AtPlan(Someone, Typed, Role.Parent) with { Mandate = Mandate.ReadsConfidentialParts }, "", Cancellation)));
        Assert.Equal(["access.has-already"], Codes(await office.Roles.GiveAsync(
            InventedSchool.Sendco, PeopleOffice.AtPlan(PeopleOffice.External.Who, null), "", Cancellation)));
    }

    [Fact]
    public async Task Somebody_of_another_school_is_as_unknown_as_an_id_that_names_nobody()
    {
        await using var office = await PeopleOffice.OpenAsync(database);

        Assert.Equal(["people.unknown-here"], Codes(await office.Roles.GiveAsync(
            InventedSchool.Sendco, PeopleOffice.AtPlan(InventedSchool.SendcoElsewhere.Who, null), "", Cancellation)));
        Assert.Equal(["people.unknown-here"], Codes(await office.Roles.GiveAsync(InventedSchool.Sendco, PeopleOffice.AtPlan(Someone, null), "", Cancellation)));
        Assert.Equal(["access.out-of-reach"], Codes(await office.Roles.ReadPersonAsync(
            InventedSchool.Sendco, InventedSchool.Id, InventedSchool.SendcoElsewhere.Who, Cancellation)));
    }

    [Fact]
    public async Task Nobody_is_invited_by_who_could_not_give_them_their_roles_nor_by_themselves_nor_to_nothing()
    {
        await using var office = await PeopleOffice.OpenAsync(database);

        Assert.Equal(["access.roles-beyond-yours"], Codes(await InviteAsync(office, InventedSchool.Sendco, PeopleOffice.Administrator.Who)));
        Assert.Equal(["access.roles-beyond-yours"], Codes(await InviteAsync(office, InventedSchool.Sendco, InventedSchool.Teacher.Who)));
        Assert.Equal(["access.own-invitation"], Codes(await InviteAsync(office, InventedSchool.Sendco, InventedSchool.Sendco.Who)));
        Assert.Equal(["access.no-role-yet"], Codes(await InviteAsync(office, InventedSchool.Sendco, PeopleOffice.Mother)));
        Assert.Equal("new@example.org", (await InviteAsync(office, PeopleOffice.Administrator, InventedSchool.Teacher.Who)).Value.Email?.Text);
        Assert.Equal("account.invited", (await office.AuditAsync())[^1].What);
    }

    [Fact]
    public async Task Whose_second_role_is_at_another_school_is_invited_by_neither_schools_administrator()
    {
        await using var office = await PeopleOffice.OpenAsync(database);
        var act = new Act(InventedSchool.Administrator, InventedSchool.Morning);
        await office.KeepAsync(work => work.Assignments.Add(new Assignment(
            new AssignmentId(Guid.NewGuid()), InventedSchool.Teacher.Who, Role.Sendco, new AccessScope.OneSchool(InventedSchool.ElsewhereId), act.At, null, act)));

        Assert.Equal(["access.roles-beyond-yours"], Codes(await InviteAsync(office, PeopleOffice.Administrator, InventedSchool.Teacher.Who)));
    }

    [Fact]
    public async Task A_role_ends_at_once_and_once()
    {
        await using var office = await PeopleOffice.OpenAsync(database);
        var before = await office.School.Plans.ReadAsync(PeopleOffice.External, InventedSchool.Plan(1), false, Cancellation);

        var ended = await office.Roles.EndAsync(InventedSchool.Sendco, PeopleOffice.ExternalsRole, 1, "The work is done", Cancellation);
        var after = await office.School.Plans.ReadAsync(PeopleOffice.External, InventedSchool.Plan(1), false, Cancellation);
        var again = await office.Roles.EndAsync(InventedSchool.Sendco, PeopleOffice.ExternalsRole, 1, "", Cancellation);

        Assert.False(before.IsRefused);
        Assert.Equal(AssignmentStanding.Ended, ended.Value.Standing);
        Assert.Equal(["access.ended"], Codes(after));
        Assert.Equal(["records.changed-meanwhile"], Codes(again));
    }

    [Fact]
    public async Task Whose_roles_have_all_ended_is_told_so_and_who_never_had_one_is_not()
    {
        await using var office = await PeopleOffice.OpenAsync(database);
        office.Time.Advance(TimeSpan.FromDays(15));

        Assert.Equal("access.ended", (await office.People.MineAsync(PeopleOffice.External, Cancellation)).WhyNone?.Code);
        Assert.Null((await office.People.MineAsync(new Caller(Someone), Cancellation)).WhyNone);
        Assert.Null((await office.People.MineAsync(InventedSchool.Sendco, Cancellation)).WhyNone);
    }

    [Fact]
    public async Task Of_two_who_change_the_same_card_the_second_is_told()
    {
        await using var office = await PeopleOffice.OpenAsync(database);

        var first = await ChangePersonAsync(office, 1, "Ms Gnu");
        var second = await ChangePersonAsync(office, 1, "Ms Yak");

        Assert.Equal("Ms Gnu", first.Value.Card?.PreferredName.Text);
        Assert.Equal(["records.changed-meanwhile"], Codes(second));
        Assert.Equal(2, (await office.Roles.ReadPersonAsync(PeopleOffice.Administrator, InventedSchool.Id, InventedSchool.Teacher.Who, Cancellation)).Value.CardVersion);
    }

    [Fact]
    public async Task A_pupil_is_entered_with_parents_and_the_audit_has_no_names_of_them()
    {
        await using var office = await PeopleOffice.OpenAsync(database);
        var pupil = new PupilId(InventedSchool.Number(98));

        await office.Pupils.AddAsync(InventedSchool.Sendco, InventedSchool.Id, pupil, "Wren", new LocalDate(2014, 2, 3), Cancellation);
        await office.Pupils.AddParentAsync(InventedSchool.Sendco, pupil, Someone, Typed, livesWith: true, Cancellation);
        var read = (await office.Pupils.ReadAsync(InventedSchool.Sendco, pupil, Cancellation)).Value;

        Assert.Equal(("Wren", "Dr Zebu"), (read.Card.PreferredName.Text, Assert.Single(read.Parents).Card?.PreferredName.Text));
        var audit = await office.AuditAsync();
        Assert.Equal(["pupil.added", "pupil.card-changed", "pupil.card-read"], audit.Select(row => row.What).TakeLast(3));
        Assert.All(audit, row => Assert.DoesNotContain("Wren", row.Detail, StringComparison.Ordinal));
        Assert.All(audit, row => Assert.DoesNotContain("Zebu", row.Detail, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_pupil_without_a_plan_is_known_to_the_schools_staff_alone()
    {
        await using var office = await PeopleOffice.OpenAsync(database);
        var pupil = new PupilId(InventedSchool.Number(98));
        await office.Pupils.AddAsync(InventedSchool.Sendco, InventedSchool.Id, pupil, "Wren", new LocalDate(2014, 2, 3), Cancellation);

        Assert.Equal(["access.out-of-reach"], Codes(await office.Pupils.ReadAsync(InventedSchool.KeyAdult, pupil, Cancellation)));
        Assert.Equal(["access.out-of-reach"], Codes(await office.Pupils.ReadAsync(InventedSchool.SendcoElsewhere, pupil, Cancellation)));
        Assert.Equal(["Rowan"], (await office.Pupils.ListAsync(InventedSchool.KeyAdult, InventedSchool.Id, Cancellation)).Value.Pupils.Select(one => one.Name.Text));
        Assert.Equal(["Rowan", "Wren"], (await office.Pupils.ListAsync(InventedSchool.Sendco, InventedSchool.Id, Cancellation)).Value.Pupils.Select(one => one.Name.Text));
    }

    [Fact]
    public async Task Parents_and_people_from_outside_see_no_confidential_facts_and_no_numbers()
    {
        await using var office = await PeopleOffice.OpenAsync(database);

        foreach (var caller in (Caller[])[InventedSchool.Parent, PeopleOffice.External])
        {
            var read = (await office.Pupils.ReadAsync(caller, PeopleOffice.Pupil, Cancellation)).Value;
            Assert.Equal(["Reads lips"], read.Card.KeyFacts.Select(fact => fact.Words.Text));
            Assert.Empty(read.Parents);
            Assert.Empty(read.Devices);
        }
    }

    [Fact]
    public async Task Of_two_who_change_a_pupils_card_the_second_is_told_and_nonsense_is_refused()
    {
        await using var office = await PeopleOffice.OpenAsync(database);

        Assert.Equal(["pupil.name-missing", "pupil.born-when"], Codes(await ChangeCardAsync(office, 1, " ", new LocalDate(2090, 1, 1))));
        Assert.Equal(2, (await ChangeCardAsync(office, 1, "Ro", new LocalDate(2013, 5, 1))).Value.Version);
        Assert.Equal(["records.changed-meanwhile"], Codes(await ChangeCardAsync(office, 1, "Wan", new LocalDate(2013, 5, 1))));
    }

    [Fact]
    public async Task A_parent_is_entered_once_and_taken_off_with_today_as_the_last_day()
    {
        await using var office = await PeopleOffice.OpenAsync(database);

        Assert.Equal(["parenthood.there-already"], Codes(await office.Pupils.AddParentAsync(
            InventedSchool.Sendco, PeopleOffice.Pupil, PeopleOffice.Mother, null, livesWith: false, Cancellation)));
        Assert.Equal(["records.changed-meanwhile"], Codes(await office.Pupils.EndParentAsync(
            InventedSchool.Sendco, PeopleOffice.Pupil, PeopleOffice.Mother, 7, "", false, Cancellation)));
        await office.Pupils.EndParentAsync(InventedSchool.Sendco, PeopleOffice.Pupil, PeopleOffice.Mother, 1, "", false, Cancellation);

        Assert.Empty((await office.Pupils.ReadAsync(InventedSchool.Sendco, PeopleOffice.Pupil, Cancellation)).Value.Parents);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Who_takes_a_parent_off_ends_their_access_to_the_plan_with_it_or_leaves_it(bool endsAccess)
    {
        await using var office = await PeopleOffice.OpenAsync(database);
        var act = new Act(InventedSchool.Administrator, InventedSchool.Morning);
        await office.KeepAsync(work => work.Parenthoods.Add(new Parenthood(
            InventedSchool.Parent.Who, PeopleOffice.Pupil, livesWith: false, InventedSchool.Monday.PlusYears(-1), null, act)));
        var before = (await office.Pupils.ReadAsync(InventedSchool.Sendco, PeopleOffice.Pupil, Cancellation)).Value.Parents;

        var done = await office.Pupils.EndParentAsync(InventedSchool.Sendco, PeopleOffice.Pupil, InventedSchool.Parent.Who, 1, "", endsAccess, Cancellation);

        Assert.Equal([false, true], before.Select(parent => parent.SeesPlan).Order());
        Assert.False(done.IsRefused);
        Assert.Equal(endsAccess ? ["access.out-of-reach"] : [], Codes(await office.School.Plans.ReadAsync(InventedSchool.Parent, InventedSchool.Plan(1), false, Cancellation)));
        Assert.False((await office.School.Plans.ReadAsync(InventedSchool.Parent, InventedSchool.Plan(2), false, Cancellation)).IsRefused); // another child's
    }

    [Fact]
    public async Task A_device_is_taken_from_its_own_pupil_and_from_no_other()
    {
        await using var office = await PeopleOffice.OpenAsync(database);
        var act = new Act(InventedSchool.Administrator, InventedSchool.Morning);
        await office.KeepAsync(work => work.Devices.Add(new PupilDevice("tablet-2", InventedSchool.Pupil(2), act)));

        Assert.Equal(["records.changed-meanwhile"], Codes(await office.Pupils.UnbindAsync(InventedSchool.Sendco, PeopleOffice.Pupil, "tablet-2", Cancellation)));
        Assert.Empty((await office.Pupils.UnbindAsync(InventedSchool.KeyAdult, PeopleOffice.Pupil, PeopleOffice.Tablet, Cancellation)).Value.Devices);
        Assert.Equal("device.unbound", (await office.AuditAsync())[^1].What);
    }

    [Theory]
    [InlineData(true, "session.agreed-by-parent")]
    [InlineData(false, "session.declined-by-parent")]
    public async Task A_parents_own_answer_is_theirs_with_their_words_and_stays_out_of_the_audit(bool says, string slug)
    {
        await using var office = await PeopleOffice.OpenAsync(database);
        await office.School.Schedule.BookAsync(InventedSchool.Sendco, InventedSchool.Wish(1, day: 1), "", Cancellation);

        var session = (await AnswerAsync(office, InventedSchool.Parent, 1, says, "Please tell her teacher")).Value.Session;

        var parent = InventedSchool.Parent.Who.ToString();
        if (says) Assert.Equal((parent, "Please tell her teacher", null), session.History.Agreements.Select(yes => (yes.Who, yes.Words, yes.Recorded)).Single());
        else Assert.Equal((parent, "Please tell her teacher", null), (session.History.Declined!.Who, session.History.Declined.Words, session.History.Declined.Recorded));
        Assert.Equal(says ? SessionState.Proposed : SessionState.Declined, session.State); // the pupil is asked too
        var entry = (await office.AuditAsync())[^1];
        Assert.Equal(slug, entry.What);
        Assert.DoesNotContain("teacher", entry.Detail, StringComparison.Ordinal);
        Assert.Equal(["records.changed-meanwhile"], Codes(await AnswerAsync(office, InventedSchool.Parent, 1, says, "")));
    }

    [Fact]
    public async Task Another_pupils_parent_answers_nothing_and_a_book_is_no_answer()
    {
        await using var office = await PeopleOffice.OpenAsync(database);
        await office.School.Schedule.BookAsync(InventedSchool.Sendco, InventedSchool.Wish(1, day: 1), "", Cancellation);
        await office.Roles.GiveAsync(
            InventedSchool.Sendco, PeopleOffice.AtPlan(PeopleOffice.Mother, null, Role.Parent, plan: 2), "", Cancellation);

        Assert.Equal(["access.out-of-reach"], Codes(await AnswerAsync(office, new Caller(PeopleOffice.Mother), 1, true, "")));
        Assert.Equal(["session.words-too-long"], Codes(await AnswerAsync(office, InventedSchool.Parent, 1, true, new string('a', 4_001))));
    }

    [Fact]
    public async Task A_parent_sees_their_childs_sessions_to_come_and_the_key_adults_number_without_the_address()
    {
        await using var office = await PeopleOffice.OpenAsync(database);
        await office.School.Schedule.BookAsync(InventedSchool.Sendco, InventedSchool.Wish(1, day: 1), "", Cancellation);
        await office.School.Schedule.BookAsync(InventedSchool.Sendco, InventedSchool.Wish(2, pupil: 2, day: 2), "", Cancellation);

        var sessions = (await office.School.Schedule.ToComeAsync(InventedSchool.Parent, InventedSchool.Plan(1), Cancellation)).Value.Sessions;
        var keyAdult = (await office.People.KeyAdultAsync(InventedSchool.Parent, InventedSchool.Plan(1), Cancellation)).Value;
        var place = Assert.Single((await office.People.MineAsync(InventedSchool.Parent, Cancellation)).Schools);

        Assert.Equal([InventedSchool.Session(1)], sessions.Select(read => read.Session.Id));
        Assert.Equal(("01392 445566", null), (keyAdult.Phone?.Text, keyAdult.Email));
        Assert.Equal([InventedSchool.Plan(1), InventedSchool.Plan(2)], place.AsParent.OrderBy(plan => plan.Value));
    }

    [Fact]
    public async Task An_address_with_which_somebody_else_signs_in_is_refused_before_anything_is_kept()
    {
        await using var office = await PeopleOffice.OpenAsync(database);
        var before = (await office.AuditAsync()).Count;

        var refused = await office.Invitations.PermitAsync(
            PeopleOffice.Administrator, InventedSchool.Id, InventedSchool.Teacher.Who, "new@example.org", _ => Task.FromResult(true), Cancellation);

        Assert.Equal(["account.email-taken"], Codes(refused));
        Assert.Equal(before, (await office.AuditAsync()).Count);
        Assert.False((await InviteAsync(office, PeopleOffice.Administrator, InventedSchool.Teacher.Who)).IsRefused);
    }

    private static Task<bool> Nobody(string email) => Task.FromResult(false);

    private static Task<Outcome<PersonCard>> InviteAsync(PeopleOffice office, Caller caller, PersonId who) =>
        office.Invitations.PermitAsync(caller, InventedSchool.Id, who, "new@example.org", Nobody, Cancellation);

    private static Task<Outcome<ReadPerson>> ChangePersonAsync(PeopleOffice office, long seen, string name) => office.Roles.ChangePersonAsync(
        PeopleOffice.Administrator, InventedSchool.Id, InventedSchool.Teacher.Who, seen, new NewPerson(name, null, null), Cancellation);

    private static Task<Outcome<ReadPupil>> ChangeCardAsync(PeopleOffice office, long seen, string name, LocalDate born) =>
        office.Pupils.ChangeCardAsync(InventedSchool.Sendco, PeopleOffice.Pupil, seen, name, born, [], Cancellation);

    private static Task<Outcome<ReadSession>> AnswerAsync(PeopleOffice office, Caller caller, long seen, bool says, string words) =>
        office.School.Schedule.AnswerAsParentAsync(caller, new SessionChangeRequest(InventedSchool.Session(1), seen), says, words, Cancellation);

    private static IEnumerable<string> Codes<T>(Outcome<T> outcome)
        where T : class => outcome.Refusals.Select(refusal => refusal.Code);
}

public sealed class StaffPeopleOnSqliteTests() : StaffPeopleContract(TestDatabase.Sqlite);

public sealed class StaffPeopleOnPostgresTests() : StaffPeopleContract(TestDatabase.Postgres);
