using AV1Relay.Application.Asking;
using AV1Relay.Application.Evaluation;
using AV1Relay.Domain.Evaluation;
using AV1Relay.Domain.People;
using NodaTime;

namespace AV1Relay.Benchmarks.Staff;

/// <summary>The whole authority's export by months: how fast, and whether more time in it takes more memory.</summary>
internal static class EvaluationBenchmark
{
    private static readonly LocalDate Until = StaffDatabase.Now.InUtc().Date.With(DateAdjusters.StartOfMonth); // months that are over

    public static async Task<EvaluationReport> RunAsync(StaffDatabase county, CancellationToken cancellationToken)
    {
        List<SchoolId> schools = [.. Enumerable.Range(1, county.Size.Schools).Select(number => county.School(number).Card.Id)];
        await ExportAsync(county, schools, Until.PlusMonths(-1), cancellationToken); // warms up
        var (monthLines, monthGrowth) = await WatchMemoryAsync(() => ExportAsync(county, schools, Until.PlusMonths(-1), cancellationToken));
        var (_, yearGrowth) = await WatchMemoryAsync(() => ExportAsync(county, schools, Until.PlusYears(-1), cancellationToken));
        var started = TimeProvider.System.GetTimestamp();
        var lines = await ExportAsync(county, schools, Until.PlusYears(-1), cancellationToken);
        var seconds = TimeProvider.System.GetElapsedTime(started).TotalSeconds;
        var rows = CountRows(county);
        return new EvaluationReport(rows, Math.Round(seconds, 2), Math.Round(rows / seconds), Math.Max(lines, monthLines), monthGrowth, yearGrowth);
    }

    /// <returns>How many lines came; none of them is kept.</returns>
    private static async Task<int> ExportAsync(StaffDatabase county, List<SchoolId> schools, LocalDate from, CancellationToken cancellationToken)
    {
        var question = new EvaluationQuestion(schools, new EvaluationYear("the time measured", from, Until, Until), EvaluationSplit.Months);
        var outcome = await county.Get<StaffEvaluation>().ExportAsync(new Caller(county.County.Administrator), question, cancellationToken);
        return outcome.Value.Lines().Count();
    }

    /// <summary>What is alive, looked at again and again while it runs; a look collects garbage, so this is not the run that is timed.</summary>
    private static async Task<(int Lines, double GrowthMiB)> WatchMemoryAsync(Func<Task<int>> export)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var most = before;
        var exporting = Task.Run(export);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(250));
        while (!exporting.IsCompleted)
        {
            most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true));
            await timer.WaitForNextTickAsync();
        }

        return (await exporting, Math.Round((most - before) / 1024.0 / 1024.0, 1));
    }

    private static long CountRows(StaffDatabase county) => Enumerable.Range(1, county.Size.Schools).Select(county.School).Sum(school =>
        (long)school.Pupils.Sum(pupil => 1 + pupil.Sessions.Count(session => session.Booked.Slot.Date < Until) + pupil.Ledger.Length));
}
