using System.Globalization;
using System.IO.Compression;
using Microsoft.Playwright;
using Xunit;

namespace AV1Relay.Tests.Browser.Staff;

/// <summary>A Section 19 referral: fifteen days missed prompt for it, it is assembled, read, signed off, downloaded and answered (domain rule 6).</summary>
public sealed class ReferralStory
{
    [Fact]
    public async Task A_section_19_referral_is_prompted_for_assembled_signed_off_downloaded_and_answered()
    {
        await using var family = await Family.MeetAsync();
        var sendco = family.Sendco;
        await family.GoAsync(sendco, "");
        await sendco.FollowAsync("Missed days and referrals");
        await sendco.SeesAsync("Missed days and referrals of", "staff-referrals");

        await sendco.Page.GetByText("Enter or correct missed days").ClickAsync();
        await sendco.FillAsync("From", Day(-50));
        await sendco.FillAsync("To, that day included", Day(0));
        await sendco.TickAsync("The whole day");
        await sendco.TickAsync("Missed, for a health reason");
        await sendco.SendAsync("Keep these days");
        await Assertions.Expect(sendco.Page.GetByText("Please think about what would help.")).ToBeVisibleAsync();
        await sendco.SeesAsync("Missed days and referrals of", "staff-referrals-prompt");

        await sendco.FollowAsync("Assemble a referral");
        await sendco.SendAsync("Assemble it");
        await sendco.SeesAsync("Assemble a referral", "staff-referral-errors");
        await sendco.TickAsync("Section 19: to the inclusion service");
        await sendco.FillAsync("What does the school ask for, and why?", "Tuition at home until mornings at school work again.");
        await sendco.FillAsync("What do the parents say to it?", "We would be glad of a tutor.");
        await sendco.SendAsync("Assemble it");
        await sendco.SeesAsync("Referral to the inclusion service", "staff-referral-assembled");

        await sendco.SendAsync("Sign it off");
        Assert.Contains("Read it through first", await sendco.ProblemsAsync(), StringComparison.Ordinal);
        await sendco.TickAsync("I have read it through, as it stands on this page");
        await sendco.SendAsync("Sign it off");
        await Assertions.Expect(sendco.Page.GetByText("Read and signed off by")).ToBeVisibleAsync();
        await sendco.SeesAsync("Referral to the inclusion service", "staff-referral-signed");

        var download = await sendco.Page.RunAndWaitForDownloadAsync(() => sendco.FollowAsync("Download as a Word document"));
        Assert.Equal("referral.docx", download.SuggestedFilename);
        var text = await TextOfAsync(await download.PathAsync());
        Assert.Contains("Tuition at home until mornings at school work again.", text, StringComparison.Ordinal);
        Assert.Contains("w:val=\"Heading1\"", text, StringComparison.Ordinal);

        await sendco.FillAsync("Which service did it go to?", "Inclusion service");
        await sendco.SendAsync("It has been sent");
        await sendco.FillAsync("What did the service answer?", "A tutor comes on Mondays.");
        await sendco.SeesAsync("Referral to the inclusion service", "staff-referral-sent");
        await sendco.SendAsync("Keep the answer");
        await sendco.SeesAsync("Referral to the inclusion service", "staff-referral-answered");

        await family.GoAsync(family.Parent, "/referrals"); // goes through it with the SENDCo instead
        await family.Parent.SeesAsync("Missed days and referrals", "staff-referrals-parent");
        Assert.Equal(0, await family.Parent.Page.GetByText("Tuition at home").CountAsync());
        Assert.Empty(sendco.Errors.Concat(family.Parent.Errors));
    }

    private static async Task<string> TextOfAsync(string document)
    {
        await using var zip = await ZipFile.OpenReadAsync(document, TestContext.Current.CancellationToken);
        using var reader = new StreamReader(await zip.GetEntry("word/document.xml")!.OpenAsync(TestContext.Current.CancellationToken));
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
    }

    private static string Day(int ahead) => TimeProvider.System.GetUtcNow().AddDays(ahead).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
