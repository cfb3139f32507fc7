using Microsoft.Playwright;
using Xunit;

namespace AV1Relay.Tests.Browser.Staff;

/// <summary>A parent says something to the plan on a phone; staff read it, say so, and answer.</summary>
public sealed class CommentStory
{
    [Fact]
    public async Task A_parent_comments_on_the_plan_and_staff_say_that_they_have_read_it()
    {
        await using var family = await Family.MeetAsync();
        var (parent, sendco) = (family.Parent, family.Sendco);

        await parent.Page.GotoAsync(new Uri(family.Office.Url, "/staff").ToString());
        await parent.Page.GetByRole(AriaRole.Link, new() { Name = "Say something about the plan" }).First.ClickAsync();
        await parent.SendAsync("Say it");
        await parent.SaysAsync("Write what you would like to say.");
        await parent.SeesAsync("Comments on the plan of", "staff-comment-parent-errors");
        await parent.FillAsync("What would you like to say?", "Could we try Fridays? Mornings are hard.");
        await parent.SendAsync("Say it");
        await Assertions.Expect(parent.Page.GetByText("Your comment is kept.")).ToBeVisibleAsync();
        await Assertions.Expect(parent.Page.GetByText("Not read by staff yet")).ToBeVisibleAsync();
        Assert.Equal(0, await parent.Page.GetByText("I have read it").CountAsync());
        await parent.SeesAsync("Comments on the plan of", "staff-comment-parent");

        await family.GoAsync(sendco, "");
        await Assertions.Expect(sendco.Page.GetByText("Could we try Fridays?")).ToBeVisibleAsync();
        await sendco.FollowAsync("Comments");
        await sendco.SeesAsync("Comments on the plan of", "staff-comments");
        await sendco.Page.GetByRole(AriaRole.Button, new() { Name = "I have read it" }).ClickAsync();
        await Assertions.Expect(sendco.Page.GetByText("It is noted that it was read.")).ToBeVisibleAsync();
        await sendco.FillAsync("What would you like to say?", "Yes: let us talk about it on Monday.");
        await sendco.SendAsync("Say it");
        await sendco.SeesAsync("Comments on the plan of", "staff-comments-answered");

        await family.GoAsync(parent, "/comments");
        await Assertions.Expect(parent.Page.GetByText("Read by")).ToBeVisibleAsync();
        await Assertions.Expect(parent.Page.GetByText("let us talk about it on Monday")).ToBeVisibleAsync();
        Assert.Empty(parent.Errors.Concat(sendco.Errors));
    }
}
