using AV1Relay.Application.Overview;
using AV1Relay.Application.Plans;
using AV1Relay.Application.Schedule;
using AV1Relay.Domain.Calendar;
using AV1Relay.Domain.Records;
using AV1Relay.Domain.Refusals;
using NodaTime;

namespace AV1Relay.Benchmarks.Staff;

/// <summary>What staff wait for, through the same classes as the pages and gRPC: rights, rules, audit entry and commit included; one request after another.</summary>
internal static class StaffBenchmark
{
    private const double PageAimMs = 100;
    private const double BookingAimMs = 50;

    public static async Task<StaffReport> RunAsync(StaffDatabase county, int requests, CancellationToken cancellationToken)
    {
        var visits = new StaffVisits(county);
        var (overview, schedule, plans) = (county.Get<StaffOverview>(), county.Get<StaffSchedule>(), county.Get<StaffPlans>());
        var today = StaffDatabase.Now.InUtc().Date;
        List<PageFigures> pages =
        [
            await MeasureAsync("what needs me, SENDCo", requests, async visit =>
                Done(await overview.WhatNeedsMeAsync(visits.Sendco(visit), visits.School(visit).Card.Id, cancellationToken))),
            await MeasureAsync("what needs me, key adult", requests, async visit =>
                Done(await overview.WhatNeedsMeAsync(visits.KeyAdult(visit), visits.School(visit).Card.Id, cancellationToken))),
            await MeasureAsync("calendar week", requests, async visit =>
            {
                var monday = Weeks.MondayOf(today.PlusWeeks(visit % 4));
                Done(await schedule.ReadCalendarAsync(visits.Sendco(visit), visits.School(visit).Card.Id, new DateInterval(monday, monday.PlusDays(6)), cancellationToken));
            }),
            await MeasureAsync("plan with sessions and contacts", requests, async visit => await ReadPlanPageAsync(county, visits, plans, visit, cancellationToken)),
            await MeasureAsync("list of a school's plans", requests, async visit =>
                Done(await plans.ListAsync(visits.Sendco(visit), visits.School(visit).Card.Id, cancellationToken))),
        ];
        var (booking, refused) = await MeasureBookingsAsync(visits, schedule, requests, cancellationToken);
        pages.Add(booking);
        var (running, decide) = await GrantsBenchmark.PrepareAsync(county, cancellationToken);
        pages.Add(await MeasureAsync($"grants of {running} sessions anew", requests, _ => decide()));
        pages.AddRange(await PagesBenchmark.RunAsync(county, requests, cancellationToken));
        var evaluation = await EvaluationBenchmark.RunAsync(county, cancellationToken);
        return new StaffReport(
            county.Name, county.Size.Schools * county.Size.SessionsASchool, county.SeedSeconds, pages, booking.P95Ms, requests, refused, evaluation);
    }

    private static async Task ReadPlanPageAsync(
        StaffDatabase county, StaffVisits visits, StaffPlans plans, int visit, CancellationToken cancellationToken)
    {
        var (caller, pupil) = (visits.Sendco(visit), visits.Pupil(visit).Plan.Pupil);
        Done(await plans.ReadAsync(caller, visits.Pupil(visit).Plan.Id, withConfidentialParts: false, cancellationToken));
        await using var work = await county.Get<IRecords>().BeginAsync(caller.Who, StaffDatabase.Now, [], cancellationToken);
        await work.Sessions.OfPupilAsync(pupil, cancellationToken);
        await work.Contacts.FindAsync(pupil, cancellationToken);
    }

    /// <summary>Those that are kept count; one that meets another session is refused sooner, and would flatter.</summary>
    private static async Task<(PageFigures Figures, int Refused)> MeasureBookingsAsync(
        StaffVisits visits, StaffSchedule schedule, int requests, CancellationToken cancellationToken)
    {
        var (samples, kept, refused) = (new List<double>(), 0, 0);
        var warmUp = requests / 5;
        foreach (var (keyAdult, wish) in visits.Bookings())
        {
            var started = TimeProvider.System.GetTimestamp();
            var outcome = await schedule.BookAsync(keyAdult, wish, "", cancellationToken);
            var took = TimeProvider.System.GetElapsedTime(started).TotalMilliseconds;
            if (outcome.IsRefused) refused++;
            else if (kept++ >= warmUp) samples.Add(took);
            if (samples.Count == requests) break;
            if (refused > 50 * requests) throw new InvalidOperationException($"Hardly anything can be booked: {outcome.Refusals[0]}");
        }

        return (PageFigures.Of("booking with conflict check", samples, BookingAimMs), refused);
    }

    private static async Task<PageFigures> MeasureAsync(string name, int requests, Func<int, Task> visit)
    {
        var samples = new List<double>(requests);
        for (var number = -requests / 5; number < requests; number++)
        {
            var started = TimeProvider.System.GetTimestamp();
            await visit(Math.Abs(number));
            if (number >= 0) samples.Add(TimeProvider.System.GetElapsedTime(started).TotalMilliseconds);
        }

        return PageFigures.Of(name, samples, PageAimMs);
    }

    /// <summary>A page that is refused is no page.</summary>
    private static void Done<T>(Outcome<T> outcome)
        where T : class
    {
        if (outcome.IsRefused) throw new InvalidOperationException(string.Join(' ', outcome.Refusals));
    }
}
