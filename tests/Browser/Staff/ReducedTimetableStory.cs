using System.Globalization;
using AV1Relay.Tests.Rig;
using Microsoft.Playwright;
using Xunit;

namespace AV1Relay.Tests.Browser.Staff;

/// <summary>A reduced timetable comes into force when all of it is there, and not before (domain rule 5).</summary>
public sealed class ReducedTimetableStory
{
    [Fact]
    public async Task A_reduced_timetable_is_refused_until_terms_and_both_agreements_are_there()
    {
        await using var family = await Family.MeetAsync();
        var (sendco, parent) = (family.Sendco, family.Parent);

        await family.GoAsync(sendco, "/arrangements");
        await sendco.SeesAsync("Reduced timetable of", "staff-arrangements-none");
        await sendco.FollowAsync("Draft a reduced timetable");
        await sendco.FillAsync("What exceptional circumstances make it necessary?", "Weeks in hospital; tires after two hours.");
        await sendco.SendAsync("Keep the terms");
        await RefusedAsync(sendco, "It has no end date.", "No parent whom the pupil normally lives with has agreed", "Nobody whom the school has authorised");
        await sendco.SeesAsync("Reduced timetable of", "staff-arrangement-missing");

        await sendco.FollowAsync("Change the terms");
        await FillTermsAsync(sendco);
        await sendco.SeesAsync("Terms of a reduced timetable", "staff-arrangement-terms");
        await sendco.SendAsync("Keep the terms");
        await sendco.SeesAsync("Reduced timetable of", "staff-arrangement-draft");
        await RefusedAsync(sendco, "Nobody whom the school has authorised", "No parent whom the pupil normally lives with has agreed");
        Assert.DoesNotContain("end date", await sendco.ProblemsAsync(), StringComparison.Ordinal);

        await sendco.SendAsync("Agree for the school");
        await RefusedAsync(sendco, "No parent whom the pupil normally lives with has agreed");
        Assert.DoesNotContain("authorised", await sendco.ProblemsAsync(), StringComparison.Ordinal);

        await family.GoAsync(parent, "/arrangements");
        await parent.Page.Locator(".card a").ClickAsync();
        await parent.SeesAsync("Reduced timetable of", "staff-arrangement-parent");
        Assert.Equal(0, await parent.Page.GetByRole(AriaRole.Button, new() { Name = "Put it in force" }).CountAsync());
        await parent.FillAsync("Would you like to say anything? (you need not)", "For four weeks, yes.");
        await parent.SendAsync("I agree to this reduced timetable");
        await parent.SeesAsync("Reduced timetable of", "staff-arrangement-parent-agreed");

        await sendco.Page.ReloadAsync();
        await family.GoAsync(sendco, "/arrangements");
        await sendco.Page.Locator(".card a").ClickAsync();
        await sendco.SendAsync("Put it in force");
        await Assertions.Expect(sendco.Page.Locator(".lead")).ToContainTextAsync("In force until");
        await sendco.SeesAsync("Reduced timetable of", "staff-arrangement-in-force");

        await sendco.Page.GetByText("End it early").ClickAsync();
        await sendco.FillAsync("What is its last day?", Day(40));
        await sendco.SendAsync("End the reduced timetable");
        Assert.Contains("It ends by itself on", await sendco.ProblemsAsync(), StringComparison.Ordinal);
        await sendco.FollowAsync("Back to the reduced timetables");
        await sendco.SeesAsync("Reduced timetable of", "staff-arrangements");
        Assert.Empty(sendco.Errors.Concat(parent.Errors));
    }

    [Fact]
    public async Task A_parents_agreement_by_phone_is_written_down_and_a_review_is_asked_for_before_it_is_extended()
    {
        await using var family = await Family.MeetAsync();
        var sendco = family.Sendco;
        await family.GoAsync(sendco, "/arrangements/new");
        await FillTermsAsync(sendco);
        await sendco.SendAsync("Keep the terms");
        await sendco.SendAsync("Agree for the school");

        await sendco.Page.GetByText("Write down that a parent has agreed").ClickAsync();
        await sendco.SendAsync("Keep the parent's agreement");
        Assert.Contains("Choose who agreed.", await sendco.ProblemsAsync(), StringComparison.Ordinal);
        await sendco.SeesAsync("Reduced timetable of", "staff-arrangement-recording");
        await sendco.ChooseAsync("Who agreed?", family.ParentsName);
        await sendco.ChooseAsync("How did they say it?", "On the phone");
        await sendco.SendAsync("Keep the parent's agreement");
        await Assertions.Expect(sendco.Page.GetByText("The parent's agreement is kept.")).ToBeVisibleAsync();
        await sendco.SendAsync("Put it in force");
        await Assertions.Expect(sendco.Page.Locator(".lead")).ToContainTextAsync("In force until");

        await sendco.FollowAsync("Record what a review decided");
        await sendco.SeesAsync("Review of the reduced timetable", "staff-arrangement-review");
        await sendco.Page.GetByLabel("Which review of the plan was it?").SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await sendco.FillAsync("What do the parents say?", "It helps.");
        await sendco.TickAsync("It runs on as agreed");
        await sendco.FillAsync("Next review", Day(21));
        await sendco.SendAsync("Keep what was decided");
        Assert.Contains(
            "The review was not held between the first day of the reduced timetable and today.", await sendco.ProblemsAsync(), StringComparison.Ordinal);
        Assert.Empty(sendco.Errors);
    }

    private static async Task FillTermsAsync(StaffBrowser staff)
    {
        await staff.FillAsync("What exceptional circumstances make it necessary?", "Weeks in hospital; tires after two hours.");
        await staff.FillAsync("How does it lead back to full time?", "Two mornings first; each week one more.");
        await staff.FillAsync("First day", Day(0));
        await staff.FillAsync("Last day", Day(27));
        await staff.FillAsync("First review", Day(14));
        foreach (var day in new[] { "Tuesday", "Thursday" })
        {
            var times = staff.Page.GetByRole(AriaRole.Group, new() { Name = "Times at school", Exact = true });
            await times.GetByLabel($"from on {day}").FillAsync("09:00");
            await times.GetByLabel($"to on {day}").FillAsync("11:00");
        }

        await staff.FillAsync("When were they asked?", Day(0));
        await staff.FillAsync("The pupil's words", "Two hours is enough for now.");
        await staff.FillAsync("Which parts of the day are manageable?", "First lesson");
        await staff.FillAsync("The parents' words", "We would like to try it.");
        await staff.FillAsync("Who checks on the pupil at the times off site, how, and how often?", "The key adult rings at eleven each day.");
        await staff.TickAsync("It is temporary, and leads back to full time");
        await staff.TickAsync("It is not a way to manage behaviour");
    }

    private static async Task RefusedAsync(StaffBrowser staff, params string[] reasons)
    {
        await staff.SendAsync("Put it in force");
        var problems = await staff.ProblemsAsync();
        Assert.All(reasons, reason => Assert.Contains(reason, problems, StringComparison.Ordinal));
    }

    private static string Day(int ahead) => TimeProvider.System.GetUtcNow().AddDays(ahead).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
