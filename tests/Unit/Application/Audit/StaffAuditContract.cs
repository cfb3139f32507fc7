using AV1Relay.Application.Asking;
using AV1Relay.Application.Audit;
using AV1Relay.Application.People;
using AV1Relay.Application.Privacy;
using AV1Relay.Application.Rooms;
using AV1Relay.Domain.Access;
using AV1Relay.Domain.Audit;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Privacy;
using AV1Relay.Domain.Records;
using AV1Relay.Tests.Unit.Storage;
using Microsoft.Extensions.Time.Testing;
using NodaTime;
using Xunit;

namespace AV1Relay.Tests.Unit.Application.Audit;

/// <summary>The record of who did what: who may look through it, what is found, and what is left out.</summary>
public abstract class StaffAuditContract(TestDatabase database)
{
    private static readonly LocalDate Monday = InventedSchool.Monday;

    private readonly FakeTimeProvider _time = new(InventedSchool.Morning.ToDateTimeOffset());

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static AuditSearch OfSchool => new(InventedSchool.Id, Everywhere: false, Monday.PlusDays(-30), Monday, null, null, null);

    [Fact]
    public async Task Administrator_and_sendco_look_through_their_own_schools_and_the_looking_is_recorded()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var audit = await OpenAsync(storage);

        Assert.Equal("Administrator Sendco", await EveryRole.WhoMayAsync(who => audit.SearchAsync(who, OfSchool, null, Cancellation)));
        Assert.Equal("Administrator Sendco", await EveryRole.WhoMayAsync(who => audit.ExportAsync(who, OfSchool, Cancellation)));
        Assert.Equal("Administrator Sendco", await EveryRole.WhoMayAsync(who => audit.ChoicesAsync(who, InventedSchool.Id, Cancellation)));
        await audit.SearchAsync(InventedSchool.Sendco, OfSchool, null, Cancellation);
        var last = await storage.LastAuditedAsync();
        Assert.Equal(("audit.searched", $"school {InventedSchool.Id}"), (last.What, last.Subject));
    }

    [Fact]
    public async Task Today_is_by_the_schools_clocks()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var audit = await OpenAsync(storage);
        _time.SetUtcNow(new DateTimeOffset(2027, 6, 1, 23, 30, 0, TimeSpan.Zero)); // after midnight in London

        Assert.Equal(new LocalDate(2027, 6, 2), await audit.TodayAsync(InventedSchool.Sendco, InventedSchool.Id, Cancellation));
    }

    [Fact]
    public async Task The_whole_authority_is_open_to_nobody_of_one_school()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var audit = await OpenAsync(storage);

        Assert.Empty(await EveryRole.WhoMayAsync(who => audit.SearchAsync(who, OfSchool with { Everywhere = true }, null, Cancellation)));
        Assert.False((await audit.ChoicesAsync(InventedSchool.Sendco, InventedSchool.Id, Cancellation)).Value.Everywhere);
    }

    [Fact]
    public async Task Another_schools_entries_are_not_found_even_when_they_are_asked_for_by_id()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var audit = await OpenAsync(storage);
        await AppendAsync(storage, "plan.read", $"pupil {InventedSchool.PupilElsewhere}", InventedSchool.SendcoElsewhere);
        await AppendAsync(storage, "plan.read", $"plan {InventedSchool.Plan(1)}", InventedSchool.KeyAdult);

        Assert.Empty((await SearchAsync(audit, OfSchool with { About = InventedSchool.PupilElsewhere.Value })).Entries);
        Assert.DoesNotContain((await SearchAsync(audit, OfSchool)).Entries, found => found.Entry.Subject.Contains($"{InventedSchool.PupilElsewhere}", StringComparison.Ordinal));
        Assert.Single((await SearchAsync(audit, OfSchool with { About = InventedSchool.Pupil(1).Value })).Entries); // by the plan of the pupil
    }

    [Fact]
    public async Task It_is_narrowed_by_person_kind_and_day()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var audit = await OpenAsync(storage);
        var plan = $"plan {InventedSchool.Plan(1)}";
        await AppendAsync(storage, "plan.read", plan, InventedSchool.KeyAdult);
        await AppendAsync(storage, "plan.changed", plan, InventedSchool.KeyAdult);
        await AppendAsync(storage, "plan.read", plan, InventedSchool.Parent);

        Assert.Equal(["plan.changed", "plan.read"], Whats(await SearchAsync(audit, OfSchool with { Who = InventedSchool.KeyAdult.Who })));
        Assert.Equal(["plan.changed"], Whats(await SearchAsync(audit, OfSchool with { Who = InventedSchool.KeyAdult.Who, Kind = AuditKind.Change })));
        Assert.Empty((await SearchAsync(audit, OfSchool with { To = Monday.PlusDays(-1) })).Entries);
        Assert.Equal(["audit.no-time"], (await audit.SearchAsync(InventedSchool.Sendco, OfSchool with { To = Monday.PlusDays(-60) }, null, Cancellation)).Codes());
    }

    [Fact]
    public async Task Pages_follow_each_other_without_a_gap_the_newest_first()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var audit = await OpenAsync(storage);
        for (var number = 0; number < StaffAudit.PageSize + 3; number++) await AppendAsync(storage, "plan.read", $"plan {InventedSchool.Plan(1)}", InventedSchool.KeyAdult);
        var ofPlan = OfSchool with { About = InventedSchool.Plan(1).Value };

        var first = await SearchAsync(audit, ofPlan);
        var second = (await audit.SearchAsync(InventedSchool.Sendco, ofPlan, first.Entries[^1].Number, Cancellation)).Value;

        Assert.Equal((StaffAudit.PageSize, true, 3, false), (first.Entries.Length, first.HasMore, second.Entries.Length, second.HasMore));
        Assert.Equal(StaffAudit.PageSize + 3, first.Entries.Concat(second.Entries).Select(entry => entry.Number).Distinct().Count());
        Assert.True(first.Entries[^1].Number > second.Entries[0].Number);
    }

    [Fact]
    public async Task A_concern_is_told_to_neither_and_what_a_plan_says_not_to_the_administrator()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var audit = await OpenAsync(storage);
        await AppendAsync(storage, "safeguarding.concern-raised", $"plan {InventedSchool.Plan(1)}", InventedSchool.KeyAdult);
        await AppendAsync(storage, "plan.changed", $"plan {InventedSchool.Plan(1)}", InventedSchool.KeyAdult, "status: \"Draft\" → \"Active\"");
        var ofPlan = OfSchool with { About = InventedSchool.Plan(1).Value };

        var sendco = Assert.Single((await SearchAsync(audit, ofPlan)).Entries);
        var administrator = Assert.Single((await audit.SearchAsync(new Caller(InventedSchool.Administrator), ofPlan, null, Cancellation)).Value.Entries);

        Assert.Equal(new AuditDetailValue("status", "Draft", "Active"), Assert.Single(sendco.Detail!.Values));
        Assert.Null(administrator.Detail);
    }

    [Fact]
    public async Task Who_made_or_closed_a_room_link_is_found_and_what_was_done_by_it()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var audit = await OpenAsync(storage);
        var links = new StaffRoomLinks(new Desk(storage.Get<IRecords>(), _time));
        var link = (await links.MakeAsync(InventedSchool.Sendco, InventedSchool.Id, InventedSchool.Room, Monday, "", Cancellation)).Value;
        await new RoomDays(new Desk(storage.Get<IRecords>(), _time)).ReadAsync(new Caller(link.Link), Cancellation);
        await links.EndAsync(InventedSchool.Sendco, link.Id, "", Cancellation);

        var found = (await SearchAsync(audit, OfSchool with { About = InventedSchool.Room.Value })).Entries;

        Assert.Equal(["room.link-ended", "room.day-read", "room.link-issued"], found.Select(entry => entry.Entry.What));
        Assert.Equal([null, link.Id, null], found.Select(entry => entry.RoomLink));
        Assert.Empty(found.Select(entry => entry.Number).Except((await SearchAsync(audit, OfSchool)).Entries.Select(entry => entry.Number)));
    }

    [Fact]
    public async Task A_hold_that_is_placed_or_lifted_is_found_with_the_pupil_whose_records_it_keeps()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var audit = await OpenAsync(storage);
        var privacy = new StaffPrivacy(new Desk(storage.Get<IRecords>(), _time), storage.Get<IRecords>(), storage.Get<IDeletedTraces>());
        var hold = new LegalHoldId(InventedSchool.Number(700));
        await privacy.PlaceHoldAsync(InventedSchool.Sendco, hold, InventedSchool.Pupil(1), null, "A court asks.", Cancellation);
        await privacy.LiftHoldAsync(new Caller(InventedSchool.Administrator), hold, "It is over.", Cancellation);

        Assert.Equal(
            ["legal-hold.lifted", "legal-hold.placed"], Whats(await SearchAsync(audit, OfSchool with { About = InventedSchool.Pupil(1).Value })));
    }

    [Fact]
    public async Task A_role_is_found_by_its_school_and_its_plan_whatever_else_somebody_has_elsewhere()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var audit = await OpenAsync(storage);
        var who = new PersonId(InventedSchool.Number(701));
        var roles = new StaffRoles(new Desk(storage.Get<IRecords>(), _time));
        await using (var work = await storage.Get<IRecords>().BeginAsync(who, InventedSchool.Morning, [Claim.On(who)], Cancellation))
        {
            InventedSchool.Assign(work, 700, new Caller(who), Role.Teacher, new AccessScope.OneSchool(InventedSchool.ElsewhereId), new Act(who, InventedSchool.Morning));
            await work.CommitAsync(Cancellation);
        }

        var gift = new RoleGift(
            new AssignmentId(InventedSchool.Number(702)), who, new NewPerson("Robin Invented", null, null),
            Role.Parent, InventedSchool.Id, InventedSchool.Plan(1), null);
        Assert.Empty((await roles.GiveAsync(InventedSchool.Sendco, gift, "", Cancellation)).Codes());

        Assert.Equal(["roles.plan-role-given"], Whats(await SearchAsync(audit, OfSchool with { About = InventedSchool.Plan(1).Value })));
        Assert.Equal(["roles.plan-role-given"], Whats(await SearchAsync(audit, OfSchool with { About = who.Value })));
    }

    [Fact]
    public async Task It_is_given_out_as_lines()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var audit = await OpenAsync(storage);
        await AppendAsync(storage, "plan.changed", $"plan {InventedSchool.Plan(1)}", InventedSchool.KeyAdult, "status: \"Draft\" → \"Active\"; why: \"=1+1\"");

        var lines = (await audit.ExportAsync(InventedSchool.Sendco, OfSchool with { About = InventedSchool.Plan(1).Value }, Cancellation)).Value.Lines.ToList();

        Assert.Equal("number,at,who,name,what,kind,subject,changed,why", lines[0]);
        Assert.EndsWith(",plan.changed,change," + $"plan {InventedSchool.Plan(1)}" + ",status: Draft → Active,'=1+1", Assert.Single(lines.Skip(1)), StringComparison.Ordinal);
    }

    private async Task<StaffAudit> OpenAsync(TemporaryRelayStorage storage)
    {
        var school = await EveryRole.OpenAsync(storage.Get<IRecords>(), _time);
        return new StaffAudit(new Desk(school.Records, _time));
    }

    private static async Task<FoundAudit> SearchAsync(StaffAudit audit, AuditSearch search) =>
        (await audit.SearchAsync(InventedSchool.Sendco, search, null, Cancellation)).Value;

    private static IEnumerable<string> Whats(FoundAudit found) => found.Entries.Select(entry => entry.Entry.What);

    private static Task AppendAsync(TemporaryRelayStorage storage, string what, string subject, Caller who, string detail = "") =>
        storage.Get<IAuditLog>().AppendAsync(new AuditEntry(InventedSchool.Morning, $"{who}", what, subject, detail), Cancellation);
}

public sealed class StaffAuditOnSqliteTests() : StaffAuditContract(TestDatabase.Sqlite);

public sealed class StaffAuditOnPostgresTests() : StaffAuditContract(TestDatabase.Postgres);
