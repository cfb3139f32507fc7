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

    /// <summary>On the page on which a session is booked: takes the first time that is proposed.</summary>
    /// <returns>Whether one is.</returns>
    public static async Task<bool> TakeFreeTimeAsync(this StaffBrowser staff)
    {
        await staff.SendAsync("Find free times");
        var proposals = staff.Page.GetByRole(AriaRole.Button, new() { Name = "Take this time" });
        await Assertions.Expect(staff.Page.Locator("h1")).ToContainTextAsync("Book a session");
        if (await proposals.CountAsync() == 0) return false; // an overdue review, say
        await proposals.First.ClickAsync();
        await Assertions.Expect(staff.Page.GetByLabel("Day", new() { Exact = true })).Not.ToHaveValueAsync("");
        return true;
    }

    /// <summary>It stands in the list of what is wrong.</summary>
    public static async Task SaysAsync(this StaffBrowser staff, string error) =>
        await Assertions.Expect(staff.Page.Locator(".error-summary")).ToContainTextAsync(error);
}
