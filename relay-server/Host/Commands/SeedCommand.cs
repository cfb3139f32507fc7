using System.CommandLine;
using System.Globalization;
using AV1Relay.Application.Sample;
using AV1Relay.RelayServer.Data;

namespace AV1Relay.RelayServer.Commands;

/// <summary><c>relay-server seed</c>: an invented authority to look around in, or a county to measure with.</summary>
internal static class SeedCommand
{
    internal const int Seed = 1;
    private const int MostSchools = 2_000;

    public static Command Create(TimeProvider time)
    {
        var data = SharedOptions.Data(isMade: true);
        var county = new Option<bool>("--county")
        {
            Description = $"A whole county: {SampleSize.CountySchools} schools, 2,000 robots, 20,000 plans, 100,000 sessions. Without: two schools with twelve pupils.",
        };
        var schools = new Option<int>("--schools") { Description = "So many schools of a county.", HelpName = "N", DefaultValueFactory = _ => SampleSize.CountySchools };
        schools.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > MostSchools) result.AddError($"--schools is between 1 and {MostSchools}.");
        });
        var again = new Option<bool>("--again") { Description = "Add invented schools to those that are there." };
        var json = SharedOptions.Json();
        var command = new Command("seed", "Fill the database with an invented authority, or a county. Never beside real pupils.") { data, county, schools, again, json };
        command.SetAction((result, cancellationToken) =>
        {
            var isCounty = result.GetValue(county) || result.GetResult(schools) is { Implicit: false };
            var size = isCounty ? SampleSize.County(result.GetValue(schools)) : SampleSize.Authority;
            return RunAsync(
                result.GetRequiredValue(data), size, result.GetValue(again), result.GetValue(json), result.InvocationConfiguration, time, cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunAsync(
        string path, SampleSize size, bool again, bool json, InvocationConfiguration console, TimeProvider time, CancellationToken cancellationToken)
    {
        await using var relay = await RelayData.OpenAsync(path, time, cancellationToken);
        var seeder = ActivatorUtilities.CreateInstance<CountySeeder>(relay.Services);
        var there = await seeder.CountSchoolsAsync(cancellationToken);
        if (there > 0 && !again)
        {
            throw new CommandException(
                $"The database has {there} schools already, and nothing was added. Choose another --data, or say --again to add invented schools to them.");
        }

        var started = time.GetTimestamp();
        var county = new CountyGenerator(Seed, size with { FirstSchool = there + 1 }, relay.Clock.Wall);
        var progress = new SeedProgress(console.Error, size);
        var counts = await seeder.SeedAsync(county, $"command line ({Environment.UserName})", progress, cancellationToken);
        var seconds = Math.Round(time.GetElapsedTime(started).TotalSeconds, 1);
        await console.Output.WriteLineAsync(json
            ? Report.ToLine(new { schools = counts.Schools, robots = counts.Robots, plans = counts.Plans, sessions = counts.Sessions, contactLogs = counts.ContactLogs, ledgerLines = counts.LedgerLines, records = counts.All, seconds })
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{counts.Schools:N0} schools, {counts.Robots:N0} robots, {counts.Plans:N0} plans, {counts.Sessions:N0} sessions, {counts.ContactLogs:N0} contact logs, {counts.LedgerLines:N0} lines of the ledger; {counts.All:N0} records in {seconds:N1} s."));
        return 0;
    }

    /// <summary>A line for each tenth.</summary>
    private sealed class SeedProgress(TextWriter error, SampleSize size) : IProgress<SeedCounts>
    {
        private int _tenths;

        public void Report(SeedCounts value)
        {
            var tenths = value.Schools * 10 / size.Schools;
            if (tenths == _tenths) return;
            _tenths = tenths;
            error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{tenths * 10} %: {value.Schools:N0} schools, {value.All:N0} records"));
        }
    }
}
