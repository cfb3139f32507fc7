using System.Text.Json;

namespace AV1Relay.Benchmarks.Staff;

/// <summary>What was measured on one database.</summary>
/// <param name="BookingP95Ms">With its conflict check, audit entry and commit; also among the pages.</param>
internal sealed record StaffReport(
    string Database, int Sessions, double? SeedSeconds, IReadOnlyList<PageFigures> Pages, double BookingP95Ms, int Bookings, int BookingsRefused,
    EvaluationReport Evaluation)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static string ToJson(IReadOnlyList<StaffReport> reports) => JsonSerializer.Serialize(reports, Options);

    public void Print(TextWriter output)
    {
        output.WriteLine($"{Database}: {Sessions:N0} sessions{(SeedSeconds is { } seconds ? $", seeded in {seconds:N0} s" : ", as they were there")}");
        output.WriteLine($"  {"page",-34} {"p50 ms",8} {"p95 ms",8} {"most",8}   aim p95");
        foreach (var page in Pages)
            output.WriteLine($"  {page.Name,-34} {page.P50Ms,8:N1} {page.P95Ms,8:N1} {page.MostMs,8:N1}   {page.AimMs:N0}{(page.P95Ms <= page.AimMs ? "" : "  missed")}");
        output.WriteLine($"  {Bookings:N0} bookings were kept, {BookingsRefused:N0} refused by the conflict check and not counted");
        output.WriteLine($"  evaluation of a year: {Evaluation.Rows:N0} rows in {Evaluation.Seconds:N1} s ({Evaluation.RowsPerSecond:N0} a second), {Evaluation.Lines:N0} lines");
        output.WriteLine($"  live memory: up to {Evaluation.MonthGrowthMiB:N1} MiB more during one month's export, {Evaluation.YearGrowthMiB:N1} MiB during the year's");
    }
}

/// <param name="AimMs">Of the 95th percentile.</param>
internal sealed record PageFigures(string Name, double P50Ms, double P95Ms, double MostMs, double AimMs)
{
    public static PageFigures Of(string name, List<double> samples, double aim)
    {
        samples.Sort();
        return new PageFigures(name, At(0.50), At(0.95), Math.Round(samples[^1], 2), aim);

        double At(double share) => Math.Round(samples[(int)Math.Ceiling(share * samples.Count) - 1], 2);
    }
}

/// <param name="Rows">Sessions, lines of the ledger and plans that were read.</param>
/// <param name="Lines">Of the CSV.</param>
/// <param name="MonthGrowthMiB">Of what is alive, over what was before.</param>
internal sealed record EvaluationReport(long Rows, double Seconds, double RowsPerSecond, int Lines, double MonthGrowthMiB, double YearGrowthMiB);
