using AV1Relay.Application.Asking;
using AV1Relay.Application.Schedule;
using AV1Relay.Domain.Access;
using AV1Relay.Domain.Booking;
using AV1Relay.Domain.Joining;
using AV1Relay.Domain.Records;
using AV1Relay.Domain.Refusals;
using AV1Relay.Tests.Unit.Application.Running;
using AV1Relay.Tests.Unit.Domain.Booking;
using AV1Relay.Tests.Unit.Storage;
using Microsoft.Extensions.Time.Testing;
using NodaTime;
using Xunit;
using static AV1Relay.Tests.Unit.Domain.Booking.Bookable;

namespace AV1Relay.Tests.Unit.Application.Schedule;

public sealed class StaffJoinCodesTests
{
    private readonly Queue<string> _drawn = new(["amber-otter-1234", "amber-otter-1234", "birch-lemon-5678"]);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_key_adult_has_a_code_for_their_pupils_session()
    {
        await using var stage = await Stage.SetAsync(TestDatabase.Sqlite, SessionState.Ready);

        var issued = (await IssueAsync(stage, At(10, 6))).Value;

        Assert.Equal(("amber-otter-1234", At(10, 21)), (issued.Code, issued.ExpiresAt));
        var stored = await stage.Storage.Get<IJoinCodes>().FindAsync("amberotter1234", Cancellation);
        Assert.Equal((Id(1).ToString(), At(10, 21), End), (stored?.Session, stored?.ExpiresAt, stored?.SessionEndsAt));
        Assert.Equal([$"person {KeyAdult} session.join-code-issued"], await stage.AuditAsync());
    }

    [Fact]
    public async Task A_code_made_beforehand_is_good_until_a_quarter_of_an_hour_into_the_session()
    {
        await using var stage = await Stage.SetAsync(TestDatabase.Sqlite, SessionState.Agreed);

        Assert.Equal(At(10, 20), (await IssueAsync(stage, At(8, 0))).Value.ExpiresAt);
    }

    [Fact]
    public async Task A_code_made_beforehand_can_not_be_found_until_a_quarter_of_an_hour_before_the_session()
    {
        await using var stage = await Stage.SetAsync(TestDatabase.Sqlite, SessionState.Agreed);
        await IssueAsync(stage, At(8, 0));

        var stored = await stage.Storage.Get<IJoinCodes>().FindAsync("amberotter1234", Cancellation);

        Assert.Equal((JoinCodeStanding.NotYet, JoinCodeStanding.Usable), (stored?.StandingAt(At(9, 49)), stored?.StandingAt(At(9, 50))));
    }

    [Fact]
    public async Task A_new_code_ends_the_one_before_and_one_that_exists_already_is_drawn_again()
    {
        await using var stage = await Stage.SetAsync(TestDatabase.Sqlite, SessionState.Ready);
        await IssueAsync(stage, At(10, 6));

        Assert.Equal("birch-lemon-5678", (await IssueAsync(stage, At(10, 7))).Value.Code);

        Assert.Equal(JoinCodeStanding.Expired, (await stage.Storage.Get<IJoinCodes>().FindAsync("amberotter1234", Cancellation))?.StandingAt(At(10, 7)));
    }

    [Fact]
    public async Task A_caller_who_goes_away_leaves_no_code_without_its_entry()
    {
        await using var stage = await Stage.SetAsync(TestDatabase.Sqlite, SessionState.Ready);
        await GiveRightAsync(stage);
        using var gone = new CancellationTokenSource();

        // They go away at the last moment, when the code has been drawn.
        var codes = new StaffJoinCodes(new Desk(stage.Storage.Get<IRecords>(), new FakeTimeProvider(At(10, 6).ToDateTimeOffset())), () =>
        {
            gone.Cancel();
            return new NewJoinCode("amber-otter-1234", "amberotter1234");
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => codes.IssueJoinCodeAsync(new Caller(KeyAdult), Id(1), gone.Token));

        Assert.Null(await stage.Storage.Get<IJoinCodes>().FindAsync("amberotter1234", Cancellation));
        Assert.Empty(await stage.AuditAsync());
    }

    [Fact]
    public async Task There_is_no_code_for_a_session_that_is_not_agreed()
    {
        await using var stage = await Stage.SetAsync(TestDatabase.Sqlite, SessionState.Proposed);

        Assert.Equal(["join-code.wrong-moment"], (await IssueAsync(stage, At(10, 6))).Codes());
    }

    [Fact]
    public async Task Who_has_no_right_to_the_session_gets_no_code()
    {
        await using var stage = await Stage.SetAsync(TestDatabase.Sqlite, SessionState.Ready);
        var codes = CodesAt(stage, At(10, 6));

        Assert.True((await codes.IssueJoinCodeAsync(new Caller(Carrier), Id(1), Cancellation)).IsRefused);

        Assert.Equal(3, _drawn.Count);
    }

    private async Task<Outcome<IssuedJoinCode>> IssueAsync(Stage stage, Instant now)
    {
        await GiveRightAsync(stage);
        return await CodesAt(stage, now).IssueJoinCodeAsync(new Caller(KeyAdult), Id(1), Cancellation);
    }

    private static async Task GiveRightAsync(Stage stage)
    {
        var assignment = new Assignment(
            new AssignmentId(Number(70)), KeyAdult, Role.KeyAdult, new AccessScope.OnePlan(Bookable.School, Plan), At(7, 0), until: null, By(At(7, 0)));
        await using var work = await stage.Storage.Get<IRecords>().BeginAsync(KeyAdult, At(7, 0), [Claim.On(KeyAdult)], Cancellation);
        if (await work.Assignments.FindAsync(assignment.Id, Cancellation) is null) work.Assignments.Add(assignment);
        Assert.Null(await work.CommitAsync(Cancellation));
    }

    private StaffJoinCodes CodesAt(Stage stage, Instant now) => new(
        new Desk(stage.Storage.Get<IRecords>(), new FakeTimeProvider(now.ToDateTimeOffset())),
        () => _drawn.Dequeue() is var printed ? new NewJoinCode(printed, printed.Replace("-", "", StringComparison.Ordinal)) : default);
}
