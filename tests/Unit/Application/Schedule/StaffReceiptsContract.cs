using AV1Relay.Application.Asking;
using AV1Relay.Application.Schedule;
using AV1Relay.Domain.Agreements;
using AV1Relay.Domain.Booking;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Records;
using AV1Relay.Domain.Sessions;
using AV1Relay.Tests.Unit.Storage;
using Microsoft.Extensions.Time.Testing;
using NodaTime;
using Xunit;

namespace AV1Relay.Tests.Unit.Application.Schedule;

/// <summary>What a session was, once it is over: for staff of the plan and for parents.</summary>
public abstract class StaffReceiptsContract(TestDatabase database)
{
    private static readonly ScheduledSessionId Session = InventedSchool.Session(1);
    private readonly FakeTimeProvider _time = new(InventedSchool.Morning.ToDateTimeOffset());

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Staff_of_the_plan_and_a_parent_read_it_and_the_reading_is_noted()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var receipts = await AfterAsync(storage, isOver: true);

        Assert.Equal("Psychologist Sendco KeyAdult Parent", await EveryRole.WhoMayAsync(caller => receipts.ReadAsync(caller, Session, Cancellation)));
        await receipts.ReadAsync(InventedSchool.Parent, Session, Cancellation);
        var noted = await storage.LastAuditedAsync();
        Assert.Equal(("session.receipt-read", $"session {Session}"), (noted.What, noted.Subject));
    }

    [Fact]
    public async Task It_says_where_it_was_and_that_nothing_was_kept()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var receipts = await AfterAsync(storage, isOver: true);

        var read = (await receipts.ReadAsync(InventedSchool.Parent, Session, Cancellation)).Value;

        Assert.Equal(("8B", "robot-a", 0), (read.Room, read.Receipt.RobotName, read.Receipt.BytesOfMediaStored));
    }

    [Fact]
    public async Task There_is_none_while_the_session_is_live_and_none_of_what_is_not_there()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var receipts = await AfterAsync(storage, isOver: false);

        Assert.Equal(["session.not-ended"], (await receipts.ReadAsync(InventedSchool.Parent, Session, Cancellation)).Codes());
        Assert.Equal(
            (await receipts.ReadAsync(EveryRole.OtherParent, Session, Cancellation)).Refusals,
            (await receipts.ReadAsync(InventedSchool.Parent, InventedSchool.Session(77), Cancellation)).Refusals);
    }

    private async Task<StaffReceipts> AfterAsync(TemporaryRelayStorage storage, bool isOver)
    {
        var school = await EveryRole.OpenAsync(storage.Get<IRecords>(), _time);
        await school.Schedule.BookAsync(InventedSchool.Sendco, InventedSchool.Wish(2), "", Cancellation);
        var booked = (await school.Schedule.ReadAsync(InventedSchool.Sendco, InventedSchool.Session(2), Cancellation)).Value.Session;
        var (start, end) = (booked.Window.Start, booked.Window.Start + Duration.FromMinutes(20));
        var act = new Act(InventedSchool.KeyAdult.Who, start);
        var yes = new Agreement(InventedSchool.Pupil(1).ToString(), AgreementCapacity.Pupil, new AgreedTo.Session(Session), start, AgreementManner.Page);
        await school.KeepAsync(work => work.Sessions.Add(new ScheduledSession(
            Session, booked.Booked,
            new SessionHistory(act, [yes], new RobotPlacement(act), [new DeviceJoin("tablet-1", start)], End: isOver ? new SessionEnd(end, new EndedBy.Time()) : null))));
        return new StaffReceipts(new Desk(storage.Get<IRecords>(), _time));
    }
}

public sealed class StaffReceiptsOnSqliteTests() : StaffReceiptsContract(TestDatabase.Sqlite);

public sealed class StaffReceiptsOnPostgresTests() : StaffReceiptsContract(TestDatabase.Postgres);
