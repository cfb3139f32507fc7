using System.Text.Json;
using AV1Relay.Tests.Rig;
using Microsoft.Playwright;
using Xunit;

namespace AV1Relay.Tests.Browser.Staff;

/// <summary>Everything on one pupil is taken away by the SENDCo, held for a dispute, and erased by an administrator.</summary>
public sealed class PrivacyStory
{
    private const string Password = "brass otter umbrella";

    [Fact]
    public async Task A_pupils_data_is_exported_held_and_erased_by_those_who_may()
    {
        await using var office = await StaffOffice.OpenAsync();
        await using var sendco = await StaffBrowser.LaunchAsync();
        await using var administrator = await StaffBrowser.LaunchAsync();
        await sendco.AcceptAsync(await office.InviteAsync(office.People.First(person => person.Role == "Sendco"), "sendco@school.example"), Password);
        await administrator.AcceptAsync(await office.InviteAsync(await office.AdministratorAsync(), "office@county.example"), Password);

        await sendco.Page.GotoAsync(new Uri(office.Url, "/staff/people/pupils").ToString());
        await sendco.Page.Locator("tbody th").GetByRole(AriaRole.Link).First.ClickAsync();
        await sendco.FollowAsync("Take it all away, keep it for a dispute, or have it erased");
        await sendco.SeesAsync("What is kept on", "staff-privacy-sendco");
        var pupil = await sendco.Page.Locator("dd code").InnerTextAsync();
        Assert.Equal(0, await sendco.Page.GetByText("Erase everything on this pupil").CountAsync());

        var download = await sendco.Page.RunAndWaitForDownloadAsync(() => sendco.FollowAsync("Download everything"));
        using var everything = JsonDocument.Parse(await File.ReadAllTextAsync(await download.PathAsync(), TestContext.Current.CancellationToken));
        Assert.Equal(pupil, everything.RootElement.GetProperty("pupil").GetString());
        Assert.NotEmpty(everything.RootElement.GetProperty("records").EnumerateArray());

        await sendco.Page.GetByText("Put a legal hold on").ClickAsync();
        await sendco.SendAsync("Put it on");
        await sendco.SaysAsync("A legal hold needs a reason.");
        await sendco.TickAsync("Ledger and days missed");
        await sendco.FillAsync("Why must it be kept?", "A claim about last term.");
        await sendco.SendAsync("Put it on");
        await Assertions.Expect(sendco.Page.GetByText("The legal hold is on.")).ToBeVisibleAsync();
        Assert.Equal(0, await sendco.Page.GetByText("Lift it").CountAsync());

        await administrator.FollowAsync("Settings");
        await administrator.FillAsync("The pupil's id", pupil);
        await administrator.SendAsync("Look at what is kept");
        await administrator.SeesAsync("What is kept on a pupil", "staff-privacy-administrator");
        Assert.Equal(0, await administrator.Page.GetByText("Download everything").CountAsync());
        await administrator.SendAsync("Erase everything on this pupil");
        await administrator.SaysAsync("Type erase it all, if you are sure.");
        await administrator.FillAsync("Who asked for it, and when?", "The family, this week.");
        await administrator.FillAsync("Type erase it all to confirm", "erase it all");
        await administrator.SendAsync("Erase everything on this pupil");
        await administrator.SeesAsync("It is erased", "staff-privacy-erased");
        await Assertions.Expect(administrator.Page.GetByText("A legal hold keeps it.").First).ToBeVisibleAsync();
        await administrator.FollowAsync("what has been deleted");
        await administrator.SeesAsync("What has been deleted", "staff-privacy-evidence");
        await Assertions.Expect(administrator.Page.GetByText("Erasure was asked for").First).ToBeVisibleAsync();

        await administrator.Page.GotoAsync(new Uri(office.Url, $"/staff/people/pupils/{pupil}/privacy").ToString());
        await administrator.Page.GetByText("Lift it").ClickAsync();
        await administrator.FillAsync("Why is it no longer needed?", "The claim is settled.");
        await administrator.SendAsync("Lift hold 1");
        await Assertions.Expect(administrator.Page.GetByText("The legal hold is lifted.")).ToBeVisibleAsync();
        Assert.Empty(sendco.Errors.Concat(administrator.Errors));
    }
}
