using AV1Relay.Tests.Rig;
using Microsoft.Playwright;
using Xunit;

namespace AV1Relay.Tests.Browser.Staff;

/// <summary>What every story asks of every page that it comes to.</summary>
internal static class StaffPageChecks
{
    /// <summary>The page is there, axe has nothing to say against it, nothing sticks out at its side, and there is a picture of it.</summary>
    public static async Task SeenAsync(this StaffBrowser staff, string heading, string name)
    {
        await Assertions.Expect(staff.Page.Locator("h1")).ToContainTextAsync(heading);
        Assert.Empty(await staff.ViolationsAsync());
        Assert.Equal(0, await staff.Page.EvaluateAsync<int>("() => Math.max(0, document.documentElement.scrollWidth - innerWidth)"));
        await Screens.KeepAsync(staff.Page, name);
    }

    /// <summary>It stands in the list of what is wrong.</summary>
    public static async Task SaysAsync(this StaffBrowser staff, string error) =>
        await Assertions.Expect(staff.Page.Locator(".error-summary")).ToContainTextAsync(error);
}
