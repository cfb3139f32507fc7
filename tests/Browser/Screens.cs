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

    public static async Task KeepAsync(IPage page, string name)
    {
        var isStaff = name.StartsWith("staff-", StringComparison.Ordinal);
        if (!AreKept) await WriteAsync("artifacts/screens", $"{name}.png", await page.ScreenshotAsync(new() { FullPage = isStaff }));
        else if (name.EndsWith("-errors", StringComparison.Ordinal) || name.EndsWith("-refused", StringComparison.Ordinal)) return;
        else if (isStaff) await WriteAsync("docs/screens/staff", $"{name["staff-".Length..]}.webp", await AsWebpAsync(page));
        else await WriteAsync("docs/screens", $"{name}.png", await page.ScreenshotAsync());
    }

    private static async Task WriteAsync(string folder, string name, byte[] picture)
    {
        Assert.True(picture.Length > 2_000, $"The picture {name} is empty.");
        var path = Path.Combine(Directory.CreateDirectory(Path.Combine(Programs.Root, folder)).FullName, name);
        await File.WriteAllBytesAsync(path, picture, TestContext.Current.CancellationToken);
    }

    private static async Task<byte[]> AsWebpAsync(IPage page)
    {
        var devtools = await page.Context.NewCDPSessionAsync(page);
        var size = (await devtools.SendAsync("Page.getLayoutMetrics"))!.Value.GetProperty("cssContentSize"); // this one always answers
        var clip = new { x = 0, y = 0, width = size.GetProperty("width").GetDouble(), height = Math.Min(size.GetProperty("height").GetDouble(), TallestKept), scale = 1 };
        var shot = await devtools.SendAsync("Page.captureScreenshot", new Dictionary<string, object>
        {
            ["format"] = "webp",
            ["quality"] = WebpQuality,
            ["captureBeyondViewport"] = true,
            ["clip"] = JsonSerializer.SerializeToElement(clip),
        });
        await devtools.DetachAsync();
        return shot!.Value.GetProperty("data").GetBytesFromBase64();
    }
}
