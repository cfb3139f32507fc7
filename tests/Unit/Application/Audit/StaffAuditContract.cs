using AV1Relay.Application.Asking;
using AV1Relay.Application.Audit;
using AV1Relay.Domain.Audit;
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
    public async Task It_is_given_out_as_lines()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var audit = await OpenAsync(storage);
        await AppendAsync(storage, "plan.changed", $"plan {InventedSchool.Plan(1)}", InventedSchool.KeyAdult, "status: \"Draft\" → \"Active\"; why: \"=1+1\"");

        var lines = (await audit.ExportAsync(InventedSchool.Sendco, OfSchool with { About = InventedSchool.Plan(1).Value }, Cancellation)).Value.Lines.ToList();

        Assert.Equal("number,at,who,name,what,kind,subject,changed,why", lines[0]);
        Assert.EndsWith(",plan.changed,Change," + $"plan {InventedSchool.Plan(1)}" + ",status: Draft → Active,'=1+1", Assert.Single(lines.Skip(1)), StringComparison.Ordinal);
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
