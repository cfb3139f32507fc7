using System.CommandLine;
using AV1Relay.Application.Sample;

namespace AV1Relay.Benchmarks.Staff;

/// <summary>The command line of <c>staff</c>.</summary>
internal static class StaffCommands
{
    private const string Both = "both";

    public static Command Create()
    {
        var database = new Option<string>("--database") { Description = "sqlite, postgresql or both.", DefaultValueFactory = _ => Both };
        database.AcceptOnlyFromAmong(StaffDatabase.Sqlite, StaffDatabase.PostgreSql, Both);
        var schools = new Option<int>("--schools") { Description = "So many schools of a county.", DefaultValueFactory = _ => SampleSize.CountySchools };
        var requests = new Option<int>("--requests") { Description = "So many of each page are measured, after as many to warm up as take a fifth of that.", DefaultValueFactory = _ => 300 };
        var data = new Option<DirectoryInfo?>("--data") { Description = "Keep SQLite's county in this folder, and use the one that is there." };
        var json = new Option<FileInfo?>("--json") { Description = "Write the figures to this file." };
        var staff = new Command("staff", "What staff wait for, on a county: booking, what needs me, calendar, plan, a year's evaluation.")
        {
            database, schools, requests, data, json,
        };
        staff.SetAction(async (arguments, cancellationToken) =>
        {
            string[] databases = arguments.GetRequiredValue(database) is var chosen && chosen == Both ? [StaffDatabase.Sqlite, StaffDatabase.PostgreSql] : [chosen];
            var reports = new List<StaffReport>();
            foreach (var name in databases)
            {
                await using var county = await StaffDatabase.OpenAsync(name, arguments.GetValue(schools), arguments.GetValue(data), cancellationToken);
                var report = await StaffBenchmark.RunAsync(county, arguments.GetValue(requests), cancellationToken);
                report.Print(Console.Out);
                reports.Add(report);
            }

            if (arguments.GetValue(json) is { } file) await File.WriteAllTextAsync(file.FullName, StaffReport.ToJson(reports), cancellationToken);
            return 0;
        });
        return staff;
    }
}
