using AV1Relay.Tests.Rig;
using Microsoft.Playwright;
using Xunit;

namespace AV1Relay.Tests.Browser.Staff;

/// <summary>A page as somebody sees it: on a desktop, on a phone, and at 200 % zoom.</summary>
internal static class Seen
{
    /// <summary>Empty where the page does not scroll sideways.</summary>
    private const string WhatSticksOut = """
        () => document.documentElement.scrollWidth <= document.documentElement.clientWidth ? "" : [...document.body.querySelectorAll("*")]
          .filter((element) => !element.closest(".scroll")?.contains(element.parentElement) && element.getBoundingClientRect().right > document.documentElement.clientWidth)
          .map((element) => element.outerHTML.slice(0, 160)).slice(0, 4).join(" | ") || "something inside a frame"
        """;

    /// <summary>It has this heading, axe finds nothing on it, and it fits each screen without scrolling sideways; pictures are kept of two of them.</summary>
    public static async Task SeesAsync(this StaffBrowser staff, string heading, string name)
    {
        await Assertions.Expect(staff.Page.Locator("h1")).ToContainTextAsync(heading);
        Assert.Empty(await staff.ViolationsAsync());
        await Screens.KeepAsync(staff.Page, name);
        var size = staff.Page.ViewportSize!; // it was launched with one
        foreach (var (width, height, picture) in new[] { (512, 384, (string?)null), (390, 844, $"{name}-phone") })
        {
            await staff.Page.SetViewportSizeAsync(width, height);
            var sticksOut = await staff.Page.EvaluateAsync<string>(WhatSticksOut);
            Assert.True(sticksOut.Length == 0, $"{name} scrolls sideways at {width} pixels: {sticksOut}");
            if (picture is not null && width != size.Width) await Screens.KeepAsync(staff.Page, picture);
        }

        await staff.Page.SetViewportSizeAsync(size.Width, size.Height);
    }

    /// <summary>Fills what has this label, whole.</summary>
    public static Task FillAsync(this StaffBrowser staff, string label, string text) =>
        staff.Page.GetByLabel(label, new() { Exact = true }).FillAsync(text);

    public static Task ChooseAsync(this StaffBrowser staff, string label, string option) =>
        staff.Page.GetByLabel(label, new() { Exact = true }).SelectOptionAsync(option);

    public static Task TickAsync(this StaffBrowser staff, string label) => staff.Page.GetByLabel(label, new() { Exact = true }).CheckAsync();

    public static Task FollowAsync(this StaffBrowser staff, string link) =>
        staff.Page.GetByRole(AriaRole.Link, new() { Name = link, Exact = true }).ClickAsync();

    /// <summary>What stands at the top when something is wrong.</summary>
    public static async Task<string> ProblemsAsync(this StaffBrowser staff) => await staff.Page.Locator(".error-summary").InnerTextAsync();
}
