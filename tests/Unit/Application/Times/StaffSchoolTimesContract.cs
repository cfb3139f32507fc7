using AV1Relay.Application.Asking;
using AV1Relay.Application.Times;
using AV1Relay.Domain.Calendar;
using AV1Relay.Domain.Calendar.Imports;
using AV1Relay.Domain.Records;
using AV1Relay.Domain.Refusals;
using AV1Relay.Tests.Unit.Storage;
using AV1Relay.Tests.Unit.Storage.QueryPlans;
using Microsoft.Extensions.Time.Testing;
using NodaTime;
using Xunit;

namespace AV1Relay.Tests.Unit.Application.Times;

/// <summary>A school's terms, days off, rooms and lessons: who changes them, and which sessions that touches.</summary>
public abstract class StaffSchoolTimesContract(TestDatabase database)
{
    private static readonly TimesChange Inset = new TimesChange.Close(
        null, new Closure(new DateInterval(InventedSchool.Monday, InventedSchool.Monday), ClosureKind.InsetDay));

    private readonly FakeTimeProvider _time = new(InventedSchool.Morning.ToDateTimeOffset());

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_role_may_what_its_work_needs_at_its_own_school()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var (_, times) = await OpenAsync(storage);

        Assert.Equal(
            "Administrator Psychologist Sendco KeyAdult Teacher Technician OtherKeyAdult",
            await EveryRole.WhoMayAsync(who => times.ReadAsync(who, InventedSchool.Id, Cancellation)));
        Assert.Equal("Administrator Sendco", await EveryRole.WhoMayAsync(who => times.PreviewAsync(who, InventedSchool.Id, Inset, Cancellation)));
        Assert.Equal("Administrator Sendco", await EveryRole.WhoMayAsync(who => ChangeAsync(times, who, Inset, seen: 99)));
        Assert.False((await times.ReadAsync(InventedSchool.Teacher, InventedSchool.Id, Cancellation)).Value.MayChange);
        Assert.True((await times.ReadAsync(InventedSchool.Sendco, InventedSchool.Id, Cancellation)).Value.MayChange);
    }

    [Fact]
    public async Task Who_closes_a_day_is_told_which_sessions_that_touches_before_it_is_closed()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var (school, times) = await OpenAsync(storage);
        await school.Schedule.BookAsync(InventedSchool.Sendco, InventedSchool.Wish(1), "", Cancellation);
        await school.Schedule.BookAsync(InventedSchool.Sendco, InventedSchool.Wish(2, day: 1), "", Cancellation);

        var blind = await ChangeAsync(times, InventedSchool.Sendco, Inset);
        var preview = (await times.PreviewAsync(InventedSchool.Sendco, InventedSchool.Id, Inset, Cancellation)).Value;
        var knowing = await ChangeAsync(times, InventedSchool.Sendco, Inset, knows: [InventedSchool.Session(1)]);

        Assert.Equal(["times.sessions-hit"], blind.Codes());
        var hit = Assert.Single(preview.Hit);
        Assert.Equal((InventedSchool.Session(1), "session.closed-day", true), (hit.Session.Id, hit.Why.Code, preview.MaySeeSessions));
        Assert.False(knowing.Value.Times.Calendar.IsSchoolDay(InventedSchool.Monday));
        Assert.False((await times.PreviewAsync(new Caller(InventedSchool.Administrator), InventedSchool.Id, Inset, Cancellation)).Value.MaySeeSessions);
    }

    [Fact]
    public async Task A_session_that_is_booked_meanwhile_is_not_waved_through()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var (school, times) = await OpenAsync(storage);
        await school.Schedule.BookAsync(InventedSchool.Sendco, InventedSchool.Wish(1), "", Cancellation);

        var change = await ChangeAsync(times, InventedSchool.Sendco, Inset, knows: [InventedSchool.Session(2)]);

        Assert.Equal(["times.sessions-hit"], change.Codes());
    }

    [Fact]
    public async Task A_change_says_who_what_and_why_and_the_second_of_two_is_told()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var (_, times) = await OpenAsync(storage);
        await ChangeAsync(times, InventedSchool.Sendco, Inset, why: "Training on the new robots.");

        var entry = await storage.LastAuditedAsync();
        var second = await ChangeAsync(times, InventedSchool.OtherSendco, Inset);

        Assert.Equal(("calendar.changed", $"school {InventedSchool.Id}", $"person {InventedSchool.Sendco.Who}"), (entry.What, entry.Subject, entry.Who));
        Assert.Equal("closed: nothing → \"InsetDay 2026-11-09/2026-11-09\"; why: \"Training on the new robots.\"", entry.Detail);
        Assert.Equal(["records.changed-meanwhile"], second.Codes());
    }

    [Fact]
    public async Task A_school_that_has_entered_nothing_begins_with_a_term_and_a_room()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var (_, times) = await OpenAsync(storage);
        var (who, there) = (InventedSchool.SendcoElsewhere, InventedSchool.ElsewhereId);
        var term = new Term("Autumn", new DateInterval(new LocalDate(2026, 9, 7), new LocalDate(2026, 12, 18)));

        var first = await times.ChangeAsync(who, new TimesChangeRequest(there, 0, "", []), new TimesChange.EnterTerm(term), Cancellation);
        var second = await times.ChangeAsync(
            who, new TimesChangeRequest(there, 1, "", []), new TimesChange.EnterRoom(new SchoolRoom(new RoomId(Guid.NewGuid()), "8B", Note: "weak by the door")), Cancellation);
        var read = (await times.ReadAsync(who, there, Cancellation)).Value;

        Assert.Equal((1L, 2L), (first.Value.Version, second.Value.Version));
        Assert.Equal([term], read.Times.Calendar.Terms);
        Assert.Equal("weak by the door", Assert.Single(read.Times.Rooms).Note);
    }

    [Fact]
    public async Task A_file_is_taken_over_just_as_it_was_shown_or_not_at_all()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var (school, times) = await OpenAsync(storage);
        await school.Schedule.BookAsync(InventedSchool.Sendco, InventedSchool.Wish(1), "", Cancellation);
        var import = new StaffTimesImport(times, new Desk(school.Records, _time));
        var file = new ImportedFile([], [new WholeDays("INSET day", new DateInterval(InventedSchool.Monday, InventedSchool.Monday))], []);

        var shown = (await import.PreviewAsync(InventedSchool.Sendco, InventedSchool.Id, file, InventedSchool.Monday, Cancellation)).Value;
        await school.Schedule.BookAsync(InventedSchool.Sendco, InventedSchool.Wish(2, pupil: 2, robot: "robot-b", carrier: 51), "", Cancellation);
        var stale = await ConfirmAsync(import, file, shown.Seal);
        var again = (await import.PreviewAsync(InventedSchool.Sendco, InventedSchool.Id, file, InventedSchool.Monday, Cancellation)).Value;
        var done = await ConfirmAsync(import, file, again.Seal);

        Assert.Equal((1, 2), (shown.Touched.Hit.Length, again.Touched.Hit.Length));
        Assert.Equal(["records.changed-meanwhile"], stale.Codes());
        Assert.False(done.Value.Times.Calendar.IsSchoolDay(InventedSchool.Monday));
        Assert.Equal("calendar.changed", (await storage.LastAuditedAsync()).What);
        Assert.Equal("Administrator Sendco", await EveryRole.WhoMayAsync(who => import.PreviewAsync(who, InventedSchool.Id, file, InventedSchool.Monday, Cancellation)));
    }

    [Fact]
    public async Task For_who_may_only_read_the_times_nothing_is_worked_out()
    {
        var seen = new QueriesSeen();
        await using var storage = await TemporaryRelayStorage.CreateAsync(database, seen);
        var (school, times) = await OpenAsync(storage);
        var import = new StaffTimesImport(times, new Desk(school.Records, _time));
        var file = new ImportedFile([], [new WholeDays("INSET day", new DateInterval(InventedSchool.Monday, InventedSchool.Monday))], []);
        seen.IsListening = true;

        Assert.True((await times.PreviewAsync(InventedSchool.Teacher, InventedSchool.Id, Inset, Cancellation)).IsRefused);
        Assert.True((await import.BeginAsync(InventedSchool.Teacher, InventedSchool.Id, Cancellation)).IsRefused);
        Assert.True((await import.PreviewAsync(InventedSchool.Teacher, InventedSchool.Id, file, InventedSchool.Monday, Cancellation)).IsRefused);

        Assert.DoesNotContain(seen.Take(), query => query.Sql.Contains("\"Sessions\"", StringComparison.Ordinal));
        Assert.Equal(("access.refused", "ChangeCalendar"), await LastRefusedAsync(storage));
    }

    private static async Task<(string What, string? Detail)> LastRefusedAsync(TemporaryRelayStorage storage) =>
        await storage.LastAuditedAsync() is var entry ? (entry.What, entry.Detail) : default;

    private static Task<Outcome<ReadSchoolTimes>> ConfirmAsync(StaffTimesImport import, ImportedFile file, string seal) =>
        import.ConfirmAsync(InventedSchool.Sendco, InventedSchool.Id, file, InventedSchool.Monday, seal, "", Cancellation);

    private async Task<(InventedSchool School, StaffSchoolTimes Times)> OpenAsync(TemporaryRelayStorage storage)
    {
        var school = await EveryRole.OpenAsync(storage.Get<IRecords>(), _time);
        return (school, new StaffSchoolTimes(new Desk(school.Records, _time)));
    }

    private static Task<Outcome<ReadSchoolTimes>> ChangeAsync(
        StaffSchoolTimes times, Caller who, TimesChange change, long seen = 1, string why = "", params AV1Relay.Domain.Sessions.ScheduledSessionId[] knows) =>
        times.ChangeAsync(who, new TimesChangeRequest(InventedSchool.Id, seen, why, [.. knows]), change, Cancellation);
}

public sealed class StaffSchoolTimesOnSqliteTests() : StaffSchoolTimesContract(TestDatabase.Sqlite);

public sealed class StaffSchoolTimesOnPostgresTests() : StaffSchoolTimesContract(TestDatabase.Postgres);
