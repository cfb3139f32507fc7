using AV1Relay.Application.Plans;
using AV1Relay.Application.Privacy;
using AV1Relay.Application.Running;
using AV1Relay.Domain.Grants;
using AV1Relay.Domain.Records;
using AV1Relay.Domain.Reviews;
using AV1Relay.Storage;
using AV1Relay.Storage.Databases;
using AV1Relay.Tests.Unit.Application;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace AV1Relay.Tests.Fault.Killed;

/// <summary>The process that is killed: it says on its output what it has been told is kept.</summary>
internal static class Worker
{
    public const string Book = "book";
    public const string Review = "review";
    public const string Join = "join";
    public const string Retention = "retention";

    /// <summary>Two robots on each of so many days of the term.</summary>
    public const int Bookings = 2 * 28;

    /// <param name="database">A file of SQLite's, or a connection string.</param>
    /// <param name="first">Number of the first piece of work, from 1.</param>
    public static async Task<int> RunAsync(string kind, string database, string auditHeads, int first)
    {
        RelayDatabase relay = File.Exists(database) ? new RelayDatabase.Sqlite(database) : new RelayDatabase.Postgres(database);
        await using var services = new ServiceCollection().AddRelayStorage(relay, auditHeads).BuildServiceProvider();
        var (records, time) = (services.GetRequiredService<IRecords>(), new FakeTimeProvider(InventedSchool.Morning.ToDateTimeOffset()));
        var school = InventedSchool.In(records, time);
        if (kind == Retention)
        {
            time.Advance(TimeSpan.FromDays(3 * 366));
            await new RetentionRun(records, time, "command line (test)").RunAsync(CancellationToken.None);
            return 0;
        }

        var running = new RunningSessions(records, services.GetRequiredService<IGrantNumbers>());
        for (var number = first; ; number++)
        {
            if ((kind == Book && number > Bookings) || (kind == Join && number > ReadySessions.Count)) return 0;
            var isKept = kind switch
            {
                Book => await BookAsync(school, number),
                Join => await ReadySessions.JoinAsync(running, number),
                _ => await ReviewAsync(school, number),
            };
            if (!isKept) return 1;
            Say($"kept {number}");
        }
    }

    /// <summary>Each its own pupil, so that only robots and days are scarce.</summary>
    private static async Task<bool> BookAsync(InventedSchool school, int number)
    {
        var (week, day) = Math.DivRem((number - 1) / 2, 5);
        var wish = InventedSchool.Wish(number, number, robot: number % 2 == 0 ? "robot-a" : "robot-b", day: 7 * week + day, carrier: 50 + number);
        return !(await school.Schedule.BookAsync(InventedSchool.Sendco, wish, "", CancellationToken.None)).IsRefused;
    }

    private static async Task<bool> ReviewAsync(InventedSchool school, int number)
    {
        var held = new HeldReview(
            new ReviewId(InventedSchool.Number(3000 + number)), InventedSchool.Monday, [new ReviewParticipant("pupil")], "Maths, twice.", 1, ReviewDecision.Stay,
            InventedSchool.Monday.PlusWeeks(4));
        var change = new PlanChangeRequest(InventedSchool.Plan(1), number, "", InventedSchool.Say);
        return !(await school.Plans.HoldReviewAsync(InventedSchool.Sendco, change, held, CancellationToken.None)).IsRefused;
    }

    private static void Say(string line)
    {
        Console.Out.WriteLine(line);
        Console.Out.Flush();
    }
}
