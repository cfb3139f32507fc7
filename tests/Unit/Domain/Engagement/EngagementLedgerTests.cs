using AV1Relay.Domain.Booking;
using AV1Relay.Domain.Engagement;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Sessions;
using NodaTime;
using Xunit;

namespace AV1Relay.Tests.Unit.Domain.Engagement;

public sealed class EngagementLedgerTests
{
    private static readonly PupilId Pupil = new(new Guid("a0000000-0000-4000-8000-000000000001"));
    private static readonly Act Noted = new(new PersonId(new Guid("b0000000-0000-4000-8000-000000000001")), Instant.FromUtc(2026, 11, 9, 12, 0), "The clock was wrong");
    private static readonly Act NotedWithoutWhy = Noted with { Why = " " };
    private static readonly EndedBy ByStaff = new EndedBy.Staff(Noted.Who);
    private static readonly LocalDateTime Monday = new(2026, 11, 9, 10, 5);

    [Fact]
    public void Minutes_with_the_robot_and_in_person_are_added_up_apart()
    {
        var ledger = LedgerOf(WithRobot(1, Monday, 30), WithRobot(2, Monday.PlusDays(1), 20), InPerson(Monday.PlusDays(2), 15));

        Assert.Equal(new EngagementSum(2, Duration.FromMinutes(50), 1, Duration.FromMinutes(15), 1), ledger.Total);
    }

    [Fact]
    public void Sums_are_rounded_after_adding_up()
    {
        var ledger = new EngagementLedger(Pupil, [Entry(1, Tried(1, Monday, Duration.FromSeconds(20))), Entry(2, Tried(2, Monday, Duration.FromSeconds(20)))]);

        Assert.Equal(1, ledger.Total.RobotMinutes);
    }

    [Fact]
    public void A_week_runs_from_Monday_to_Sunday()
    {
        var ledger = LedgerOf(WithRobot(1, Monday, 10), WithRobot(2, Monday.PlusDays(6), 10), WithRobot(3, Monday.PlusDays(7), 10));

        Assert.Equal([(Monday.Date, 2), (Monday.Date.PlusDays(7), 1)], ledger.ByWeek().Select(week => (week.Monday, week.Sum.RobotSessions)));
    }

    [Fact]
    public void A_term_includes_its_first_and_last_day()
    {
        var ledger = LedgerOf(WithRobot(1, Monday.PlusDays(-1), 1), WithRobot(2, Monday, 10), WithRobot(3, Monday.PlusDays(4), 10), WithRobot(4, Monday.PlusDays(5), 1));

        Assert.Equal(20, ledger.In(new DateInterval(Monday.Date, Monday.Date.PlusDays(4))).RobotMinutes);
    }

    [Fact]
    public void A_session_is_recorded_once()
    {
        var outcome = LedgerOf(WithRobot(1, Monday, 30)).Record(Entry(9, WithRobot(1, Monday, 5)));

        Assert.Equal("engagement.session-already-recorded", Assert.Single(outcome.Refusals).Code);
    }

    [Fact]
    public void A_step_in_person_is_recorded_as_often_as_it_is_tried()
    {
        var ledger = LedgerOf(InPerson(Monday, 10)).Record(Entry(9, InPerson(Monday, 10))).Value;

        Assert.Equal(2, ledger.Total.InPersonTries);
    }

    [Fact]
    public void A_correction_counts_and_the_original_stays()
    {
        var ledger = LedgerOf(WithRobot(1, Monday, 30)).Correct(Id(0), WithRobot(1, Monday, 25), Noted).Value;

        Assert.Equal(25, ledger.Total.RobotMinutes);
        var entry = Assert.Single(ledger.Entries);
        Assert.Equal(WithRobot(1, Monday, 30), entry.Original);
        Assert.Equal(Noted, Assert.Single(entry.Corrections).By);
    }

    [Fact]
    public void A_second_correction_keeps_the_first()
    {
        var ledger = LedgerOf(WithRobot(1, Monday, 30))
            .Correct(Id(0), WithRobot(1, Monday, 25), Noted).Value
            .Correct(Id(0), WithRobot(1, Monday, 20), Noted).Value;

        Assert.Equal([25, 20], ledger.Entries[0].Corrections.Select(correction => (int)correction.Now!.Live.TotalMinutes)); // neither strikes out
    }

    [Fact]
    public void What_was_struck_out_can_be_read_but_does_not_count()
    {
        var ledger = LedgerOf(WithRobot(1, Monday, 30)).StrikeOut(Id(0), Noted).Value;

        Assert.Equal(EngagementSum.Nothing, ledger.Total);
        Assert.Equal(WithRobot(1, Monday, 30), Assert.Single(ledger.Entries).Original);
    }

    [Fact]
    public void A_session_whose_line_was_struck_out_can_be_recorded_anew()
    {
        var ledger = LedgerOf(WithRobot(1, Monday, 30)).StrikeOut(Id(0), Noted).Value.Record(Entry(9, WithRobot(1, Monday, 12))).Value;

        Assert.Equal(12, ledger.Total.RobotMinutes);
    }

    [Fact]
    public void A_struck_out_line_is_not_corrected_back()
    {
        var ledger = LedgerOf(WithRobot(1, Monday, 30)).StrikeOut(Id(0), Noted).Value;

        Assert.Equal("engagement.struck-out", Assert.Single(ledger.Correct(Id(0), WithRobot(1, Monday, 5), Noted).Refusals).Code);
    }

    [Fact]
    public void A_correction_is_refused_with_every_reason_at_once()
    {
        var outcome = LedgerOf(WithRobot(1, Monday, 30)).Correct(Id(0), WithRobot(2, Monday, 30), NotedWithoutWhy);

        Assert.Equal(["engagement.other-session", "engagement.why-missing"], outcome.Refusals.Select(refusal => refusal.Code));
    }

    [Fact]
    public void A_correction_that_changes_nothing_is_refused()
    {
        var outcome = LedgerOf(WithRobot(1, Monday, 30)).Correct(Id(0), WithRobot(1, Monday, 30), Noted);

        Assert.Equal("engagement.nothing-to-correct", Assert.Single(outcome.Refusals).Code);
    }

    [Fact]
    public void A_line_that_is_not_there_is_a_refusal() =>
        Assert.Equal("engagement.no-such-line", Assert.Single(LedgerOf().StrikeOut(Id(3), Noted).Refusals).Code);

    [Fact]
    public void Leaving_early_changes_no_sum()
    {
        var stayed = LedgerOf(WithRobot(1, Monday, 10));
        var left = LedgerOf(WithRobot(1, Monday, 10, leftEarly: true));

        Assert.Equal(stayed.Total, left.Total);
    }

    [Fact]
    public void Another_pupils_line_can_not_be_among_them()
    {
        var other = new PupilId(new Guid("a0000000-0000-4000-8000-000000000002"));

        Assert.Throws<ArgumentException>(() => new EngagementLedger(other, [Entry(1, InPerson(Monday, 10))]));
    }

    [Fact]
    public void An_entry_can_not_be_rebuilt_with_something_after_it_was_struck_out() =>
        Assert.Throws<ArgumentException>(() => new EngagementEntry(
            Id(1), Pupil, default, InPerson(Monday, 5), ByStaff, Noted.At, [new(null, Noted), new(InPerson(Monday, 6), Noted)]));

    [Fact]
    public void To_add_a_line_costs_the_same_however_many_there_are()
    {
        var ledger = new EngagementLedger(Pupil);
        var (first, last) = (0L, 0L);
        for (var number = 0; number < 20_000; number++)
        {
            var entry = Entry(number, WithRobot(number, Monday, 10));
            var before = GC.GetAllocatedBytesForCurrentThread();
            ledger = ledger.Record(entry).Value;
            var cost = GC.GetAllocatedBytesForCurrentThread() - before;
            if (number is >= 1_000 and < 2_000) first += cost;
            if (number >= 19_000) last += cost;
        }

        Assert.InRange(last, 1, 3 * first);
        Assert.Equal(20_000, ledger.Total.RobotSessions);
    }

    [Fact]
    public void A_ledger_that_was_added_to_and_corrected_is_as_one_that_is_built_from_its_lines()
    {
        var random = new Random(20261110);
        var ledger = new EngagementLedger(Pupil);
        for (var number = 0; number < 2_000; number++)
        {
#pragma warning disable CA5394 // random cases, not secrets
            var (session, of) = (random.Next(300), Id(random.Next(number + 1)));
            var next = random.Next(3) switch
            {
                0 => ledger.StrikeOut(of, Noted),
                1 when ledger.Entries.Find(entry => entry.Id == of)?.Original is { } said => ledger.Correct(of, Live(said, random.Next(60)), Noted),
                _ => ledger.Record(Entry(number, random.Next(4) == 0 ? InPerson(Monday, 5) : WithRobot(session, Monday, 10))),
            };
#pragma warning restore CA5394
            if (!next.TryGet(out var changed, out var refusals))
            {
                // The same is refused by the ledger that is read anew.
                if (refusals[0].Code == "engagement.session-already-recorded") Assert.Contains(ledger.Counting, tried => tried.Session == SessionNumber(session));
                continue;
            }

            ledger = changed;
        }

        Assert.Equal(ledger.Total, new EngagementLedger(Pupil, ledger.Entries).Total);
        Assert.InRange(ledger.Total.RobotSessions, 50, 300);
    }

    [Fact]
    public void Another_pupils_line_is_not_added() => Assert.Throws<ArgumentException>(() => LedgerOf().Record(new EngagementEntry(
        Id(1), new PupilId(new Guid("a0000000-0000-4000-8000-000000000002")), default, InPerson(Monday, 10), ByStaff, Noted.At)));

    [Fact]
    public void A_lines_id_is_not_added_twice() =>
        Assert.Throws<ArgumentException>(() => LedgerOf(WithRobot(1, Monday, 30)).Record(Entry(0, WithRobot(2, Monday, 30))));

    private static StepTried Live(StepTried said, int minutes) =>
        new(said.Step, said.Session, said.Start, Duration.FromMinutes(minutes), said.Pauses, said.LeftEarly, said.Location);

    private static ScheduledSessionId SessionNumber(int number) => new(new Guid(number, 0, 0, new byte[8]));

    private static EngagementLedger LedgerOf(params StepTried[] tries) => new(Pupil, [.. tries.Select((tried, index) => Entry(index, tried))]);

    private static EngagementEntryId Id(int number) => new(new Guid(number, 0, 0, new byte[8]));

    private static EngagementEntry Entry(int number, StepTried tried) => new(Id(number), Pupil, default, tried, ByStaff, Noted.At);

    private static StepTried WithRobot(int session, LocalDateTime start, int minutes, bool leftEarly = false) =>
        Tried(session, start, Duration.FromMinutes(minutes), leftEarly);

    private static StepTried Tried(int session, LocalDateTime start, Duration live, bool leftEarly = false) =>
        new(default, SessionNumber(session), start, live, 0, leftEarly, PupilLocation.Home);

    private static StepTried InPerson(LocalDateTime start, int minutes) =>
        new(default, null, start, Duration.FromMinutes(minutes), 0, false, PupilLocation.SchoolSite);
}
