using System.Text.Json;
using AV1Relay.Tests.Rig;
using Microsoft.Playwright;
using Xunit;

namespace AV1Relay.Tests.Browser;

/// <summary>Pictures for somebody to look at: under <c>artifacts/screens</c>, or under <c>docs/screens</c> when they are to be kept.</summary>
internal static class Screens
{
    private const int WebpQuality = 40; // of 100: words stay sharp, and a hundred pages stay a few megabytes
    private const int TallestKept = 1_400; // CSS pixels; a long page's top shows what it is

    private static bool AreKept => Environment.GetEnvironmentVariable("AV1RELAY_UPDATE_SCREENS") is not null;

    /// <summary>The README's own; all others are of staff's and parents' pages.</summary>
    private static readonly string[] OfCall = ["pupil-join", "pupil-live", "pupil-live-portrait", "robot"];

    public static async Task KeepAsync(IPage page, string name)
    {
        var isOfCall = OfCall.Contains(name);
        if (!AreKept) await WriteAsync("artifacts/screens", $"{name}.png", await page.ScreenshotAsync(new() { FullPage = !isOfCall }));
        else if (isOfCall) await WriteAsync("docs/screens", $"{name}.png", await page.ScreenshotAsync());
        else if (IsWorthKeeping(name)) await WriteAsync("docs/screens/staff", $"{name.Replace("staff-", "", StringComparison.Ordinal)}.webp", await AsWebpAsync(page));
    }

    /// <summary>One picture of each page: what is wrong with a form is left out, and on a phone those that are made for one.</summary>
    private static bool IsWorthKeeping(string name)
    {
        var isOnPhone = name.EndsWith("-phone", StringComparison.Ordinal);
        if (name.Contains("-errors", StringComparison.Ordinal) || name.Contains("-refused", StringComparison.Ordinal)) return false;
        return !isOnPhone || name.Contains("parent", StringComparison.Ordinal) || name.StartsWith("room-", StringComparison.Ordinal);
    }

    private static async Task WriteAsync(string folder, string name, byte[] picture)
    {
        Assert.True(picture.Length > 2_000, $"The picture {name} is empty.");
        var path = Path.Combine(Directory.CreateDirectory(Path.Combine(Programs.Root, folder)).FullName, name);
        await File.WriteAllBytesAsync(path, picture, TestContext.Current.CancellationToken);
    }

    private static async Task<byte[]> AsWebpAsync(IPage page)
    {
        var devtools = await page.Context.NewCDPSessionAsync(page); // ends with the page: to detach it would switch off a virtual passkey
        var size = (await devtools.SendAsync("Page.getLayoutMetrics"))!.Value.GetProperty("cssContentSize"); // this one always answers
        var clip = new { x = 0, y = 0, width = size.GetProperty("width").GetDouble(), height = Math.Min(size.GetProperty("height").GetDouble(), TallestKept), scale = 1 };
        var shot = await devtools.SendAsync("Page.captureScreenshot", new Dictionary<string, object>
        {
            ["format"] = "webp",
            ["quality"] = WebpQuality,
            ["captureBeyondViewport"] = true,
            ["clip"] = JsonSerializer.SerializeToElement(clip),
        });
        return shot!.Value.GetProperty("data").GetBytesFromBase64();
    }
}
