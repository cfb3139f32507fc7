using AV1Relay.Tests.Rig;
using Microsoft.Playwright;
using Xunit;

namespace AV1Relay.Tests.Browser;

/// <summary>Pictures for somebody to look at: under <c>artifacts/screens</c>, or under <c>docs/screens</c> when they are to be kept.</summary>
internal static class Screens
{
    public static async Task KeepAsync(IPage page, string name)
    {
        var picture = await page.ScreenshotAsync(new() { FullPage = name.StartsWith("staff", StringComparison.Ordinal) });
        var isKept = Environment.GetEnvironmentVariable("AV1RELAY_UPDATE_SCREENS") is not null;
        var folder = Directory.CreateDirectory(Path.Combine(Programs.Root, isKept ? "docs/screens" : "artifacts/screens"));
        await File.WriteAllBytesAsync(Path.Combine(folder.FullName, $"{name}.png"), picture, TestContext.Current.CancellationToken);
        Assert.True(picture.Length > 10_000, $"The picture of {name} is empty.");
    }
}
