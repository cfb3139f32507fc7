using AV1Relay.Tests.Rig;
using Microsoft.Playwright;
using Xunit;

namespace AV1Relay.Tests.Browser.Staff;

/// <summary>Somebody begins at the school, and a pupil is entered with a parent.</summary>
public sealed class PeopleStory
{
    private const string Password = "brass otter umbrella";

    [Fact]
    public async Task An_administrator_adds_a_teacher_and_ends_the_role_and_a_sendco_enters_a_pupil_with_a_parent()
    {
        await using var office = await StaffOffice.OpenAsync();
        await using (var administrator = await StaffBrowser.LaunchAsync())
        {
            await administrator.AcceptAsync(await office.InviteAsync(await office.AdministratorAsync(), "admin@county.example"), Password);
            await AddAndEndAsync(administrator);
            Assert.Empty(administrator.Errors);
        }

        await using var sendco = await StaffBrowser.LaunchAsync();
        await sendco.AcceptAsync(await office.InviteAsync(office.People.First(person => person.Role == "Sendco"), "sendco@school.example"), Password);
        await EnterPupilAsync(sendco);
        Assert.Empty(sendco.Errors);
    }

    private static async Task AddAndEndAsync(StaffBrowser staff)
    {
        var page = staff.Page;
        await page.GetByRole(AriaRole.Link, new() { Name = "People" }).ClickAsync();
        await SeenAsync(staff, "People", "staff-people");
        await page.GetByRole(AriaRole.Link, new() { Name = "Add a person" }).ClickAsync();
        await staff.SendAsync("Add");
        await SeenAsync(staff, "Add a person", "staff-add-person-errors");
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Mr Ibis");
        await page.GetByLabel("Teacher", new() { Exact = true }).CheckAsync();
        await page.GetByLabel("Last day, if it ends").FillAsync("2020-01-01");
        await staff.SendAsync("Add");
        await Assertions.Expect(page.Locator(".error-summary")).ToContainTextAsync("Choose an end that lies ahead.");
        await page.GetByLabel("Last day, if it ends").FillAsync("");
        await staff.SendAsync("Add");
        await Assertions.Expect(page.Locator(".done")).ToContainTextAsync("The role is given.");
        await SeenAsync(staff, "Mr Ibis", "staff-person");

        await page.GetByLabel("Phone number").FillAsync("01392 445566");
        await staff.SendAsync("Keep the changes");
        await Assertions.Expect(page.Locator(".done")).ToContainTextAsync("The changes are kept.");
        await page.GetByRole(AriaRole.Link, new() { Name = "End this role" }).ClickAsync();
        await SeenAsync(staff, "End the role of Mr Ibis", "staff-end-school-role");
        await page.GetByLabel("Why?").FillAsync("Left the school");
        await staff.SendAsync("End it now");
        await Assertions.Expect(page.Locator(".done")).ToContainTextAsync("The role has ended.");
        await Assertions.Expect(page.Locator(".card")).ToContainTextAsync("ended on");
        await staff.SendAsync("Sign out");
    }

    private static async Task EnterPupilAsync(StaffBrowser staff)
    {
        var page = staff.Page;
        await page.GetByRole(AriaRole.Link, new() { Name = "People" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Pupils", Exact = true }).ClickAsync();
        await SeenAsync(staff, "Pupils", "staff-pupils");
        await page.GetByRole(AriaRole.Link, new() { Name = "Enter a pupil" }).ClickAsync();
        await staff.SendAsync("Enter the pupil");
        await SeenAsync(staff, "Enter a pupil", "staff-add-pupil-errors");
        await page.GetByLabel("What does the pupil want to be called?").FillAsync("Wren");
        await page.GetByLabel("Date of birth").FillAsync("2014-02-03");
        await staff.SendAsync("Enter the pupil");
        await Assertions.Expect(page.Locator(".done")).ToContainTextAsync("The pupil is entered.");
        await page.GetByRole(AriaRole.Link, new() { Name = "Enter a parent or carer" }).ClickAsync();
        await staff.SendAsync("Enter");
        await SeenAsync(staff, "Enter a parent or carer of Wren", "staff-add-parent-errors");
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Ms Wren");
        await page.GetByLabel("Phone number").FillAsync("01392 1");
        await page.GetByLabel("Yes").CheckAsync();
        await staff.SendAsync("Enter");
        await Assertions.Expect(page.Locator(".card")).ToContainTextAsync("The pupil normally lives with them.");
        await page.GetByLabel("Good to know", new() { Exact = true }).FillAsync("Reads lips\nSits near the door");
        await page.GetByLabel("Good to know, confidential").FillAsync("Afraid of dogs");
        await staff.SendAsync("Keep the changes");
        await Assertions.Expect(page.GetByText("Afraid of dogs (confidential)")).ToBeVisibleAsync();
        await SeenAsync(staff, "Wren", "staff-pupil");
    }

    /// <summary>At the size of a tablet and of a phone: without a violation, and without anything that runs out of the side.</summary>
    private static async Task SeenAsync(StaffBrowser staff, string heading, string name)
    {
        await Assertions.Expect(staff.Page.Locator("h1")).ToContainTextAsync(heading);
        Assert.Empty(await staff.ViolationsAsync());
        await Screens.KeepAsync(staff.Page, name);
        await staff.Page.SetViewportSizeAsync(390, 844);
        Assert.True(await staff.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), $"{name} is wider than a phone.");
        await Screens.KeepAsync(staff.Page, $"{name}-phone");
        await staff.Page.SetViewportSizeAsync(1024, 768);
    }
}
