using AV1Relay.Tests.Rig;
using Microsoft.Playwright;
using Xunit;

namespace AV1Relay.Tests.Browser.Staff;

/// <summary>The sections of somebody with many: folded on a phone until they are asked for, and all there at a desk.</summary>
public sealed class MenuStory
{
    [Fact]
    public async Task On_a_phone_it_opens_with_a_tap_and_at_a_desk_there_is_nothing_to_open()
    {
        await using var office = await StaffOffice.OpenAsync();
        await using var staff = await StaffBrowser.LaunchAsync();
        var page = staff.Page;
        await staff.AcceptAsync(await office.InviteAsync(office.People.First(person => person.Role == "Sendco"), "sendco@school.example"), "brass otter umbrella");
        var (menu, times) = (page.Locator("nav summary"), page.GetByRole(AriaRole.Link, new() { Name = "School times", Exact = true }));

        await Assertions.Expect(menu).ToBeHiddenAsync();
        await Assertions.Expect(times).ToBeVisibleAsync();

        await page.SetViewportSizeAsync(390, 844);
        await Assertions.Expect(times).ToBeHiddenAsync();
        var folded = (await page.Locator("nav.sections").BoundingBoxAsync())!.Height;
        await menu.ClickAsync();
        await Assertions.Expect(times).ToBeVisibleAsync();
        Assert.Empty(await staff.ViolationsAsync());
        await Screens.KeepAsync(page, "staff-menu-phone");
        await times.ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("School times");
        await Assertions.Expect(page.Locator("nav [aria-current=page]")).ToBeHiddenAsync(); // folded again

        Assert.InRange(folded, 40, 60); // one line
        Assert.Empty(staff.Errors);
    }
}
