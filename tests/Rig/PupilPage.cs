using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Microsoft.Playwright;

namespace AV1Relay.Tests.Rig;

/// <summary>The pupil's page in a headless Chromium of its own, joined by link as a pupil would.</summary>
public sealed class PupilPage : IAsyncDisposable
{
    /// <summary>A tone with more than this share of the sound's energy was there; the teacher's voice alone stays far below it.</summary>
    public const double Heard = 0.5;

    public const string ChromiumPath = "/usr/bin/chromium";
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);
    private static readonly TimeSpan PollEvery = TimeSpan.FromMilliseconds(50);
    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;
    private readonly string _folder;

    private PupilPage(IPlaywright playwright, IBrowser browser, IPage page, string folder)
    {
        _playwright = playwright;
        _browser = browser;
        Page = page;
        _folder = folder;
    }

    public IPage Page { get; }

    /// <summary>What the page wrote to its console, errors included.</summary>
    public List<string> Console { get; } = [];

    /// <summary>ms from opening the link to the first displayed frame; set by <see cref="JoinAsync"/>.</summary>
    public double JoinMs { get; private set; }

    /// <param name="microphoneToneHz">Bursts of this tone are what the fake microphone hears.</param>
    /// <param name="width">CSS pixels of the window.</param>
    /// <param name="height">CSS pixels of the window.</param>
    public static async Task<PupilPage> LaunchAsync(double microphoneToneHz = 523, int width = 1280, int height = 800)
    {
        var folder = Directory.CreateTempSubdirectory("av1relay-page").FullName;
        var tone = Path.Combine(folder, "microphone.wav");
        ToneFile.Write(tone, microphoneToneHz);
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = ChromiumPath,
            Headless = true,
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync", "--use-fake-ui-for-media-stream",
                "--use-fake-device-for-media-stream", $"--use-file-for-fake-audio-capture={tone}",
            ],
        });
        var context = await browser.NewContextAsync(new()
        {
            ViewportSize = new() { Width = width, Height = height },
            IgnoreHTTPSErrors = true,
            Permissions = ["microphone"],
        });
        await context.AddInitScriptAsync(ReadScript("connections.js"));
        await context.AddInitScriptAsync(ReadScript("clock-strip.js"));
        var page = await context.NewPageAsync();
        var pupil = new PupilPage(playwright, browser, page, folder);
        page.Console += (_, message) => pupil.Console.Add($"{message.Type}: {message.Text}");
        page.PageError += (_, error) => pupil.Console.Add($"error: {error}");
        return pupil;
    }

    /// <summary>Opens the link, taps join, and waits until frames of the robot are on the screen.</summary>
    /// <exception cref="TimeoutException">No frame in time; the message has what the page said.</exception>
    public async Task JoinAsync(string link, TimeSpan timeout)
    {
        var openedAt = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        await Page.GotoAsync(link, new() { WaitUntil = WaitUntilState.Commit });
        await Page.Locator("[data-action=join]").First.ClickAsync();
        await WaitUntilAsync(async () => (await ReadingsAsync()).Count > 0, timeout, "the first frame on the screen");
        JoinMs = (await ReadingsAsync())[0].DisplayedAt - openedAt;
    }

    /// <summary>Leaves as a pupil would, so that the seat is free at once.</summary>
    public async Task LeaveAsync()
    {
        await ClickAsync("leave");
        await ClickAsync("leave-now");
        await Page.Locator("body[data-screen=end]").WaitForAsync();
    }

    /// <summary>All readings since the page was loaded, at most the newest 4,000.</summary>
    public async Task<IReadOnlyList<StripReading>> ReadingsAsync()
        => JsonSerializer.Deserialize<List<StripReading>>(await Page.EvaluateAsync<string>("JSON.stringify(window.stripReadings ?? [])"), Json)!;

    public async Task<StripReading?> NewestAsync()
        => JsonSerializer.Deserialize<StripReading?>(await Page.EvaluateAsync<string>("JSON.stringify(window.stripReadings?.at(-1) ?? null)"), Json);

    /// <summary>Presses an arrow key and waits for the first frame in which the head has moved by half a degree.</summary>
    /// <returns>ms from the key press to that frame's display.</returns>
    public async Task<double> MeasureControlToPhotonAsync(string key, TimeSpan timeout)
    {
        var before = await NewestAsync() ?? throw new InvalidOperationException("No frame has been read yet.");
        await Page.Keyboard.PressAsync(key);
        var result = 0.0;
        await WaitUntilAsync(
            async () =>
            {
                var moved = (await ReadingsAsync()).FirstOrDefault(reading => reading.KeyPressedAt > before.KeyPressedAt
                    && Math.Abs(reading.Pan - before.Pan) + Math.Abs(reading.Tilt - before.Tilt) > 0.1);
                if (moved is null) return false;
                result = moved.DisplayedAt - moved.KeyPressedAt;
                return true;
            },
            timeout,
            "the picture to move after a key press");
        return result;
    }

    /// <summary>Waits until the head has not moved for half a second.</summary>
    public Task WaitForStillHeadAsync(TimeSpan timeout)
        => WaitUntilAsync(
            async () =>
            {
                var readings = await ReadingsAsync();
                var recent = readings.Where(reading => reading.CapturedAt > readings[^1].CapturedAt - 500).ToList();
                return recent.Count > 5 && recent.Max(r => r.Pan) - recent.Min(r => r.Pan) < 0.02 && recent.Max(r => r.Tilt) - recent.Min(r => r.Tilt) < 0.02;
            },
            timeout,
            "the head to come to rest");

    /// <summary>Begins to listen to what the page plays for these tones, Hz.</summary>
    public Task ListenForAsync(params double[] tonesHz) => Page.EvaluateAsync(ReadScript("tone-meter.js").Trim(), tonesHz);

    /// <summary>The largest share (0–1) of the sound's energy that this tone has had since <see cref="ListenForAsync"/>.</summary>
    public Task<double> HeardShareAsync(double toneHz)
        => Page.EvaluateAsync<double>($"window.heardTones?.[{toneHz.ToString(CultureInfo.InvariantCulture)}] ?? 0");

    /// <summary>The browser's statistics of the received video: frames decoded, jitter buffer and decode seconds, and so on.</summary>
    public async Task<JsonElement> VideoStatisticsAsync(string connectionExpression = "window.rigConnections?.at(-1)")
        => JsonDocument.Parse(await Page.EvaluateAsync<string>($$"""
            async () => {
              const connection = {{connectionExpression}};
              if (!connection) return "{}";
              for (const s of (await connection.getStats()).values()) if (s.type === "inbound-rtp" && s.kind === "video") return JSON.stringify(s);
              return "{}";
            }
            """)).RootElement;

    public Task ClickAsync(string action) => Page.Locator($"[data-action={action}]").First.ClickAsync();

    /// <exception cref="TimeoutException">It did not become true; the message has what the page said.</exception>
    public async Task WaitUntilAsync(Func<Task<bool>> condition, TimeSpan timeout, string what)
    {
        var startedAt = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            if (TimeProvider.System.GetElapsedTime(startedAt) > timeout)
            {
                var body = await Page.EvaluateAsync<string>("document.body?.innerText ?? ''");
                throw new TimeoutException($"Waited {timeout.TotalSeconds} s for {what}. The page shows:\n{body}\nIts console:\n{string.Join('\n', Console.TakeLast(20))}");
            }

            await Task.Delay(PollEvery, TimeProvider.System);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.CloseAsync();
        _playwright.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static string ReadScript(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"AV1Relay.Tests.Rig.page.{name}")
            ?? throw new InvalidOperationException($"{name} is not embedded.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
