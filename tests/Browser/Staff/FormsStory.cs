using AV1Relay.Tests.Rig;
using Microsoft.Playwright;
using Xunit;

namespace AV1Relay.Tests.Browser.Staff;

/// <summary>What is typed is not lost, is written over nobody else's, is sent once, and is nobody else's to read.</summary>
public sealed class FormsStory
{
    [Fact]
    public async Task A_form_keeps_what_was_typed_and_is_sent_once_and_overwrites_nobody()
    {
        await using var family = await Family.MeetAsync();
        var sendco = family.Sendco;

        await ADraftDoesNotOverwriteAColleagueAsync(family, sendco);
        await ADraftIsThrownAwayOnRequestAsync(family, sendco);
        await ADraftIsNobodyElsesAsync(family, sendco);
        await AnOrderOutlivesATimeOutAsync(family, sendco);
        await APupilIsEnteredOnceAsync(family, sendco);
        await AFormThatIsGoneSaysSoAsync(family);
        Assert.Empty(sendco.Errors.Concat(family.Parent.Errors));
        await AnAddressThatIsNoneSaysSoAsync(family, sendco);
    }

    private static async Task ADraftDoesNotOverwriteAColleagueAsync(Family family, StaffBrowser staff)
    {
        await family.GoAsync(staff, "/goal");
        await staff.FillAsync("What does the pupil want to do in person?", "Lunch with a friend");
        await family.GoAsync(staff, ""); // never sent
        var colleague = await staff.Page.Context.NewPageAsync();
        await colleague.GotoAsync(staff.Page.Url.TrimEnd('/') + "/goal");
        await colleague.GetByLabel("What does the pupil want to do in person?").FillAsync("The school play");
        await SaySomethingAsync(colleague);
        await colleague.GetByRole(AriaRole.Button, new() { Name = "Keep the goal" }).ClickAsync();
        await Assertions.Expect(colleague.GetByText("The goal is kept.")).ToBeVisibleAsync();

        await family.GoAsync(staff, "/goal");
        await Assertions.Expect(staff.Page.GetByText("What you typed before has been kept.")).ToBeVisibleAsync();
        await Assertions.Expect(staff.Page.GetByLabel("What does the pupil want to do in person?")).ToHaveValueAsync("Lunch with a friend");
        await SaySomethingAsync(staff.Page);
        await staff.SendAsync("Keep the goal");

        await staff.SaysAsync("Somebody else has changed this since you opened it.");
        await staff.SeesAsync("The goal", "staff-plan-changed-meanwhile-errors");
        var theirs = await staff.Page.RunAndWaitForPopupAsync(() => staff.FollowAsync("See how it stands now, in a new tab"));
        await Assertions.Expect(theirs.GetByLabel("What does the pupil want to do in person?")).ToHaveValueAsync("The school play");
        await theirs.CloseAsync();
        await colleague.CloseAsync();
        await staff.SendAsync("Keep the goal"); // they have seen it, and mean it
        await Assertions.Expect(staff.Page.GetByText("The goal is kept.")).ToBeVisibleAsync();
        await Assertions.Expect(staff.Page.GetByText("Lunch with a friend").First).ToBeVisibleAsync();
    }

    private static async Task ADraftIsThrownAwayOnRequestAsync(Family family, StaffBrowser staff)
    {
        await family.GoAsync(staff, "/goal");
        await staff.FillAsync("Where will that be?", "On the moon");
        await family.GoAsync(staff, "/goal");
        await Assertions.Expect(staff.Page.GetByLabel("Where will that be?")).ToHaveValueAsync("On the moon");
        await staff.SendAsync("Start again");
        await Assertions.Expect(staff.Page.GetByLabel("Where will that be?")).Not.ToHaveValueAsync("On the moon");
        await family.GoAsync(staff, "/goal");
        await Assertions.Expect(staff.Page.GetByLabel("Where will that be?")).Not.ToHaveValueAsync("On the moon");
    }

    /// <summary>Whoever signs in after somebody at the same machine.</summary>
    private static async Task ADraftIsNobodyElsesAsync(Family family, StaffBrowser staff)
    {
        await staff.Page.EvaluateAsync(
            """() => sessionStorage.setItem(`draft:somebody:${location.pathname}:goal`, JSON.stringify({ at: Date.now(), once: "1", values: { "Typed.Place=": "Secret" } }))""");
        await family.GoAsync(staff, "/goal");
        Assert.DoesNotContain("Secret", await staff.Page.EvaluateAsync<string>("() => JSON.stringify(sessionStorage)"), StringComparison.Ordinal);
    }

    private static async Task AnOrderOutlivesATimeOutAsync(Family family, StaffBrowser staff)
    {
        await family.GoAsync(staff, "/order");
        var before = await StepsAsync(staff.Page);
        await staff.Page.GetByRole(AriaRole.Button, new() { Name = "Move down" }).First.ClickAsync();
        await Assertions.Expect(staff.Page.Locator(".ladder h3").First).ToHaveTextAsync(before[1]);
        var moved = await StepsAsync(staff.Page);
        await family.GoAsync(staff, "");

        await family.GoAsync(staff, "/order");

        await Assertions.Expect(staff.Page.Locator(".ladder h3").First).ToHaveTextAsync(before[1]);
        Assert.Equal(moved, await StepsAsync(staff.Page));
    }

    private static async Task APupilIsEnteredOnceAsync(Family family, StaffBrowser staff)
    {
        await staff.Page.GotoAsync(new Uri(family.Office.Url, "/staff/people/pupils/add").ToString());
        await staff.Page.GetByLabel("What does the pupil want to be called?").FillAsync("Kestrel");
        await staff.Page.GetByLabel("Date of birth").FillAsync("2014-02-03");
        await staff.Page.GetByRole(AriaRole.Button, new() { Name = "Enter the pupil" }).DblClickAsync();
        await Assertions.Expect(staff.Page.Locator(".done")).ToContainTextAsync("The pupil is entered.");
        await staff.Page.GotoAsync(new Uri(family.Office.Url, "/staff/people/pupils").ToString());
        await Assertions.Expect(staff.Page.GetByRole(AriaRole.Link, new() { Name = "Kestrel" })).ToHaveCountAsync(1);
    }

    /// <summary>The same page is open twice; what the first one sends, the second can't send any more.</summary>
    private static async Task AFormThatIsGoneSaysSoAsync(Family family)
    {
        await family.GoAsync(family.Sendco, "/send-home");
        await family.Sendco.ChooseAsync("What is it?", "Work");
        await family.Sendco.TickAsync("The pupil");
        await family.Sendco.FillAsync("In a few words", "Poems to read");
        await family.Sendco.FillAsync("The message, or where the work is", "Pages 3 to 5.");
        await family.Sendco.SendAsync("Send it home");
        await Assertions.Expect(family.Sendco.Page.Locator("h1")).ToContainTextAsync("Contacts of");
        await family.GoAsync(family.Parent, "/contacts");
        await family.Parent.FollowAsync("Poems to read");
        var second = await family.Parent.Page.Context.NewPageAsync();
        await second.GotoAsync(family.Parent.Page.Url);
        await family.Parent.SendAsync("We have seen it");
        await Assertions.Expect(family.Parent.Page.Locator(".done")).ToContainTextAsync("Thank you.");

        await second.GetByRole(AriaRole.Button, new() { Name = "We have seen it" }).ClickAsync();

        await Assertions.Expect(second.Locator("h1")).ToHaveTextAsync("Poems to read");
        await Assertions.Expect(second.Locator("[data-late]")).ToContainTextAsync("What you sent just now was not kept.");
        Assert.DoesNotContain("late", second.Url, StringComparison.Ordinal);
        await second.CloseAsync();
    }

    private static async Task AnAddressThatIsNoneSaysSoAsync(Family family, StaffBrowser staff)
    {
        var answer = await staff.Page.GotoAsync(new Uri(family.Office.Url, "/staff/plan").ToString());
        Assert.Equal(404, answer?.Status);
        await staff.SeesAsync("Page not found", "staff-problem");
    }

    private static async Task<IReadOnlyList<string>> StepsAsync(IPage page) => await page.Locator(".ladder h3").AllInnerTextsAsync();

    private static async Task SaySomethingAsync(IPage page) => await page.GetByLabel("In the pupil's words").FillAsync("That would be good.");
}
