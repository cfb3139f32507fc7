using AV1Relay.Tests.Rig;
using Xunit;

namespace AV1Relay.Tests.Browser;

/// <summary>What goes away comes back by itself, without a reload.</summary>
[Collection(Calls.Name)]
public sealed class RecoveryTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan BackWithin = TimeSpan.FromSeconds(3);

    [Fact]
    public async Task A_killed_relay_comes_back_and_the_picture_is_there_within_three_seconds()
    {
        await using var classroom = await Classroom.StartAsync();
        await classroom.AddRobotAsync("lesson");
        await using var pupil = await PupilPage.LaunchAsync();
        await pupil.JoinAsync(await classroom.LinkAsync("lesson"), Patience);

        await classroom.Relay.KillAsync();
        await Task.Delay(TimeSpan.FromSeconds(4), TimeProvider.System, TestContext.Current.CancellationToken); // long enough for both ends to have noticed
        await classroom.Relay.DisposeAsync();
        await classroom.StartRelayAsync();
        var listeningAt = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();

        await pupil.WaitUntilAsync(async () => (await pupil.NewestAsync())!.CapturedAt > listeningAt, Patience, "the picture to come back");
        var firstFrame = (await pupil.ReadingsAsync()).First(reading => reading.CapturedAt > listeningAt);
        Assert.True(firstFrame.ShownAt - listeningAt < BackWithin.TotalMilliseconds, $"The picture was back after {firstFrame.ShownAt - listeningAt:F0} ms.");
    }

    [Fact]
    public async Task Ten_seconds_without_network_end_within_three_seconds_of_its_return_without_a_reload()
    {
        await using var classroom = await Classroom.StartAsync(behindProxy: true);
        await classroom.AddRobotAsync("lesson");
        await using var pupil = await PupilPage.LaunchAsync();
        await pupil.JoinAsync(await classroom.LinkAsync("lesson"), Patience);
        await pupil.Page.EvaluateAsync("window.notReloaded = true");

        classroom.MediaProxy!.IsCut = true;
        await pupil.Page.Context.SetOfflineAsync(true);
        await Task.Delay(TimeSpan.FromSeconds(10), TimeProvider.System, TestContext.Current.CancellationToken);
        var lastBefore = (await pupil.NewestAsync())!.CapturedAt;
        classroom.MediaProxy.IsCut = false;
        await pupil.Page.Context.SetOfflineAsync(false);
        var backAt = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();

        Assert.True(backAt - lastBefore > 9_000, "The network was never gone.");
        await pupil.WaitUntilAsync(async () => (await pupil.NewestAsync())!.CapturedAt > backAt, Patience, "the picture to come back");
        var firstFrame = (await pupil.ReadingsAsync()).First(reading => reading.CapturedAt > backAt);
        Assert.True(firstFrame.ShownAt - backAt < BackWithin.TotalMilliseconds, $"The picture was back after {firstFrame.ShownAt - backAt:F0} ms.");
        Assert.True(await pupil.Page.EvaluateAsync<bool>("window.notReloaded === true"), "The page was reloaded.");
    }

    [Fact]
    public async Task Other_addresses_that_nobody_was_told_of_are_found_out_and_media_follows()
    {
        await using var classroom = await Classroom.StartAsync(behindProxy: true);
        await classroom.AddRobotAsync("lesson");
        await using var pupil = await PupilPage.LaunchAsync();
        await pupil.JoinAsync(await classroom.LinkAsync("lesson"), Patience);
        using var http = new HttpClient { BaseAddress = classroom.RelayUrl };
        var handshakes = await MetricAsync(http, "handshakes_started");
        var answered = await MetricAsync(http, "return_checks_answered");

        classroom.MediaProxy!.ForgetAddresses();
        var movedAt = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();

        // The relay sends nothing to an address before a check of its own was answered there: by Chromium and by the robot.
        await pupil.WaitUntilAsync(async () => (await pupil.NewestAsync())!.CapturedAt > movedAt + 1_000, Patience, "the picture to come back");
        Assert.Equal(handshakes, await MetricAsync(http, "handshakes_started"));
        Assert.True(await MetricAsync(http, "return_checks_answered") >= answered + 2);
    }

    private static async Task<double> MetricAsync(HttpClient http, string name)
    {
        var page = await http.GetStringAsync(new Uri("metrics", UriKind.Relative), TestContext.Current.CancellationToken);
        var line = page.Split('\n').First(line => line.StartsWith($"av1relay_sfu_{name}", StringComparison.Ordinal));
        return double.Parse(line[(line.LastIndexOf(' ') + 1)..], System.Globalization.CultureInfo.InvariantCulture);
    }
}
