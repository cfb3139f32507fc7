using System.Globalization;
using Microsoft.Playwright;
using Xunit;

namespace AV1Relay.Tests.Browser.Staff;

/// <summary>School and home stay in touch: a call is entered and corrected, work is sent home, and a parent answers to both on a phone.</summary>
public sealed class ContactStory
{
    [Fact]
    public async Task A_call_is_entered_and_corrected_work_goes_home_and_a_parent_answers()
    {
        await using var family = await Family.MeetAsync();
        var (sendco, parent) = (family.Sendco, family.Parent);

        await family.GoAsync(sendco, "");
        await sendco.FollowAsync("Contacts");
        await sendco.SeesAsync("Contacts of", "staff-contacts");
        await sendco.FollowAsync("Enter a contact");
        await sendco.SeesAsync("Enter a contact", "staff-contact-new");
        await sendco.SendAsync("Enter the contact");
        await sendco.SeesAsync("Enter a contact", "staff-contact-errors");
        Assert.Contains("Write a line on it.", await sendco.ProblemsAsync(), StringComparison.Ordinal);
        await sendco.TickAsync("A parent or carer");
        await sendco.ChooseAsync("How?", "Phone call");
        await sendco.FillAsync("What was said or done?", "Spoke about meths on Monday.");
        await sendco.FillAsync("When is the next contact due?", Day(7));
        await sendco.SendAsync("Enter the contact");
        await sendco.SeesAsync("Contacts of", "staff-contacts-entered");
        await Assertions.Expect(sendco.Page.GetByText("The contact is entered.")).ToBeVisibleAsync();

        await sendco.Page.Locator(".timeline a").First.ClickAsync();
        await sendco.Page.GetByText("Correct this entry").ClickAsync();
        await sendco.FillAsync("What should it say?", "Spoke about maths on Monday.");
        await sendco.FillAsync("What was wrong?", "A slip of the keys.");
        await sendco.SendAsync("Keep the correction");
        await sendco.SeesAsync("Contact with", "staff-contact-corrected");
        await Assertions.Expect(sendco.Page.GetByText("Spoke about meths on Monday.")).ToBeVisibleAsync(); // the original stays

        await sendco.FollowAsync("Back to the contacts");
        await sendco.FollowAsync("Send something home");
        await sendco.ChooseAsync("What is it?", "Work");
        await sendco.TickAsync("The pupil");
        await sendco.FillAsync("In a few words", "Maths, pages 12 and 13");
        await sendco.FillAsync("The message, or where the work is", "Only the first three, if that is enough.");
        await sendco.SeesAsync("Send something home", "staff-send-home");
        await sendco.SendAsync("Send it home");
        await sendco.SeesAsync("Contacts of", "staff-contacts-sent");

        await family.GoAsync(parent, "/contacts");
        await parent.SeesAsync("Contacts of", "staff-contacts-parent");
        Assert.Equal(0, await parent.Page.GetByText("Enter a contact").CountAsync());
        await parent.Page.Locator(".timeline a").First.ClickAsync();
        Assert.Equal(0, await parent.Page.GetByText("Correct this entry").CountAsync());
        await parent.FillAsync("Your comment", "It helped to know. Thank you.");
        await parent.SendAsync("Add the comment");
        await parent.SeesAsync("Contact with", "staff-contact-parent");
        await parent.FollowAsync("Back to the contacts");
        await parent.FollowAsync("Maths, pages 12 and 13");
        await parent.FillAsync("Would you like to say anything? (you need not)", "Done, and it was fun.");
        await parent.SendAsync("We have seen it");
        await parent.SeesAsync("Maths, pages 12 and 13", "staff-sent-home-parent");

        await family.GoAsync(sendco, "/contacts");
        await Assertions.Expect(sendco.Page.GetByText("1 comment.")).ToBeVisibleAsync();
        await Assertions.Expect(sendco.Page.GetByText("Seen at home")).ToBeVisibleAsync();
        Assert.Empty(sendco.Errors.Concat(parent.Errors));
    }

    private static string Day(int ahead) => TimeProvider.System.GetUtcNow().AddDays(ahead).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
