using System.Net;
using System.Net.Http.Headers;
using AV1Relay.Tests.Rig;
using Microsoft.Playwright;
using Xunit;

namespace AV1Relay.Tests.Browser.Staff;

/// <summary>Somebody's own sessions in a calendar outside: made, fetched, and withdrawn.</summary>
public sealed class FeedStory
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_sendco_makes_an_address_their_phone_fetches_it_and_once_it_is_withdrawn_it_is_not_there()
    {
        await using var school = await DatedSchool.OpenAsync();
        await using var staff = await StaffBrowser.LaunchAsync();
        using var phone = new HttpClient { BaseAddress = school.Url };
        var page = staff.Page;
        await staff.AcceptAsync(await school.InviteAsync(), "brass otter umbrella");
        await page.GotoAsync(new Uri(school.Url, $"/staff/book?plan={DatedSchool.PlanOf(1)}").ToString());
        Assert.True(await staff.TakeFreeTimeAsync());
        await staff.TickAsync("At home");
        await staff.SendAsync("Book");

        await staff.FollowAsync("Calendar");
        await staff.FollowAsync("See your own sessions in the calendar on your phone");
        await staff.SeesAsync("Your sessions in your own calendar", "staff-feed");
        await staff.SendAsync("Make an address");
        await staff.SeesAsync("Your sessions in your own calendar", "staff-feed-made");
        var first = new Uri(await page.Locator("#address").InnerTextAsync()).AbsolutePath;

        using var answer = await phone.GetAsync(new Uri(first, UriKind.Relative), Cancellation);
        var text = await answer.Content.ReadAsStringAsync(Cancellation);
        Assert.Equal((HttpStatusCode.OK, "text/calendar", true), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType, answer.Headers.CacheControl?.Private));
        Assert.Contains("SUMMARY:Robot session\\, robot-a\r\n", text, StringComparison.Ordinal); // its key adult is the SENDCo
        Assert.DoesNotContain("Ada", text, StringComparison.Ordinal);
        using var again = new HttpRequestMessage(HttpMethod.Get, new Uri(first, UriKind.Relative));
        again.Headers.IfNoneMatch.Add(new EntityTagHeaderValue(answer.Headers.ETag!.Tag));
        using var unchanged = await phone.SendAsync(again, Cancellation);
        Assert.Equal((HttpStatusCode.NotModified, 0), (unchanged.StatusCode, (await unchanged.Content.ReadAsByteArrayAsync(Cancellation)).Length));

        await page.GotoAsync(new Uri(school.Url, "/staff/feed").ToString());
        await Assertions.Expect(page.GetByText("You have an address.")).ToBeVisibleAsync();
        await staff.SendAsync("Make a new address");
        var second = new Uri(await page.Locator("#address").InnerTextAsync()).AbsolutePath;
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.OK), (await StatusAsync(phone, first), await StatusAsync(phone, second)));

        await staff.SendAsync("Withdraw the address");
        await Assertions.Expect(page.GetByText("The address works no more.")).ToBeVisibleAsync();
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(phone, second));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(phone, "/feeds/nobody.ics"));

        // Who guesses is slowed down.
        List<HttpStatusCode> guesses = [];
        for (var number = 0; number < 70; number++) guesses.Add(await StatusAsync(phone, $"/feeds/{number:00}{second[^68..^6]}.ics"));
        Assert.Contains(HttpStatusCode.TooManyRequests, guesses);
        Assert.DoesNotContain(HttpStatusCode.OK, guesses);
        Assert.Empty(staff.Errors);
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient phone, string path)
    {
        using var answer = await phone.GetAsync(new Uri(path, UriKind.Relative), Cancellation);
        return answer.StatusCode;
    }
}
