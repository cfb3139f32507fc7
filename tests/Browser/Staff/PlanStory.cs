using AV1Relay.Tests.Rig;
using Microsoft.Playwright;
using Xunit;

namespace AV1Relay.Tests.Browser.Staff;

/// <summary>A SENDCo and a pupil write a plan: goal, ladder, order, and what stands against putting it to use.</summary>
public sealed class PlanStory
{
    [Fact]
    public async Task A_sendco_writes_a_plan_puts_its_steps_in_order_meets_a_refusal_and_puts_it_to_use()
    {
        await using var office = await StaffOffice.OpenAsync();
        await using var staff = await StaffBrowser.LaunchAsync();
        var page = staff.Page;
        await staff.AcceptAsync(await office.InviteAsync(office.People.First(person => person.Role == "Sendco"), "sendco@school.example"), "brass otter umbrella");

        var pupil = await CloseTheFirstPlanAsync(staff);
        await page.GetByRole(AriaRole.Link, new() { Name = "Plans", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Write a plan" }).ClickAsync();
        await staff.SendAsync("Keep the draft");
        await staff.SeenAsync("Write a plan", "staff-plan-new-errors");
        await staff.SaysAsync("Choose the pupil.");

        await page.GetByLabel("Whose plan is it?").SelectOptionAsync(pupil);
        await page.GetByLabel("What does the pupil want to do in person?").FillAsync("Go to art club on Thursdays");
        await page.GetByLabel("Where will that be?").FillAsync("The art room");
        await page.GetByLabel("Key adult").SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await page.GetByLabel("Lead").SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await WriteStepAsync(page, 1, "Speak in art club", 7);
        await WriteStepAsync(page, 2, "Watch art club with the robot", 3);
        await WriteStepAsync(page, 3, "Meet Mr Ahmed at the library", 3);
        await page.GetByLabel("In the pupil's words").FillAsync("I like drawing. Mornings are hard.");
        await staff.SendAsync("Keep the draft");
        await staff.SeenAsync("Plan of", "staff-plan-drafted");
        Assert.Equal(["Speak in art club", "Meet Mr Ahmed at the library", "Watch art club with the robot"], await LadderAsync(page));

        await page.GetByRole(AriaRole.Link, new() { Name = "Change Watch art club with the robot" }).ClickAsync();
        await page.GetByLabel("With the robot", new() { Exact = true }).CheckAsync();
        await page.GetByLabel("See the room").CheckAsync();
        await page.GetByLabel("Hear the room").CheckAsync();
        await page.GetByLabel("Where?").FillAsync("At home");
        await page.GetByLabel("They were asked, and chose not to say").CheckAsync();
        await staff.SeenAsync("Change a step", "staff-plan-step");
        await staff.SendAsync("Keep the step");
        await Assertions.Expect(page.GetByText("With the robot: see, hear.")).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "Put the steps in order" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Move up Watch art club with the robot" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator(":focus h3")).ToHaveTextAsync("Watch art club with the robot");
        await staff.SeenAsync("Put the steps in order", "staff-plan-order");
        await page.GetByRole(AriaRole.Button, new() { Name = "Move up Watch art club with the robot" }).ClickAsync();
        await staff.SendAsync("Keep this order");
        await staff.SaysAsync("The pupil's say goes with every change of the plan.");
        await staff.SaysAsync("A step is rated lower than the one before it.");
        await staff.SeenAsync("Put the steps in order", "staff-plan-order-refused");
        await page.Locator(".ladder li", new() { HasText = "Watch art club" }).GetByLabel("Feels (0–10)").FillAsync("8");
        await page.GetByLabel("In the pupil's words").FillAsync("Watching everybody is worse than speaking.");
        await staff.SendAsync("Keep this order");
        await staff.SeenAsync("Plan of", "staff-plan-ordered");
        Assert.Equal(["Watch art club with the robot", "Speak in art club", "Meet Mr Ahmed at the library"], await LadderAsync(page));

        await page.GetByRole(AriaRole.Link, new() { Name = "Put the plan to use" }).ClickAsync();
        await page.GetByLabel("In the pupil's words").FillAsync("OK.");
        await staff.SendAsync("Put it to use");
        await staff.SaysAsync("There is no date for the next review.");
        await staff.SeenAsync("Put the plan to use", "staff-plan-activate-refused");
        await page.GotoAsync(page.Url);
        await Assertions.Expect(page.GetByLabel("In the pupil's words")).ToHaveValueAsync("OK."); // kept in the tab
        await page.GetByLabel("When is the first review?").FillAsync(Today().AddDays(28).ToString("yyyy-MM-dd", null));
        await staff.SendAsync("Put it to use");
        await staff.SeenAsync("Plan of", "staff-plan-active");
        await Assertions.Expect(page.GetByText("The plan is in use.")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("[aria-current=step]")).ToContainTextAsync("Meet Mr Ahmed at the library");

        foreach (var (link, heading, name) in Others)
        {
            await page.GetByRole(AriaRole.Link, new() { Name = link }).First.ClickAsync();
            await staff.SeenAsync(heading, name);
            await page.Locator(".caption a").ClickAsync();
        }

        await page.SetViewportSizeAsync(390, 844);
        await staff.SeenAsync("Plan of", "staff-plan-phone");
        await page.GetByRole(AriaRole.Link, new() { Name = "Put the steps in order" }).ClickAsync();
        await staff.SeenAsync("Put the steps in order", "staff-plan-order-phone");
        Assert.Empty(staff.Errors);
    }

    private static (string Link, string Heading, string Name)[] Others =>
    [
        ("Change the goal", "The goal", "staff-plan-goal"),
        ("Step up or down", "Move along the ladder", "staff-plan-move"),
        ("Add a step", "Add a step", "staff-plan-step-new"),
        ("Add a part to its text", "Add a part", "staff-plan-part-new"),
        ("Change who looks after it", "Who looks after the plan", "staff-plan-people"),
    ];

    private static async Task<string> CloseTheFirstPlanAsync(StaffBrowser staff)
    {
        var page = staff.Page;
        await page.GetByRole(AriaRole.Link, new() { Name = "Plans", Exact = true }).ClickAsync();
        var plan = page.Locator("tr", new() { HasText = "Active" }).First.GetByRole(AriaRole.Link);
        var pupil = (await plan.TextContentAsync())!;
        await plan.ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Close the plan" }).ClickAsync();
        await page.GetByLabel("In the pupil's words").FillAsync("I am back in class.");
        await staff.SeenAsync("Close the plan", "staff-plan-close");
        await staff.SendAsync("Close the plan");
        await Assertions.Expect(page.GetByText("The plan is closed.")).ToBeVisibleAsync();
        return pupil;
    }

    private static async Task WriteStepAsync(IPage page, int number, string situation, int rating)
    {
        await page.GetByLabel($"Situation {number}").FillAsync(situation);
        await page.GetByLabel($"Feels {number} (0–10)").FillAsync($"{rating}");
    }

    /// <summary>From the top.</summary>
    private static async Task<IEnumerable<string>> LadderAsync(IPage page) =>
        (await page.Locator(".ladder h3").AllTextContentsAsync()).Select(text => text.Split('\n')[0].Trim().Replace(" is here", "", StringComparison.Ordinal));

    private static DateOnly Today() => DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
}
