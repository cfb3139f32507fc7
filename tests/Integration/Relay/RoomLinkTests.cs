using System.Net;
using System.Text.RegularExpressions;
using AV1Relay.Application.Asking;
using AV1Relay.Application.Rooms;
using AV1Relay.Application.Sample;
using AV1Relay.Domain.Access;
using AV1Relay.Domain.Records;
using AV1Relay.StaffConsole.SignIn;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Xunit;

namespace AV1Relay.Tests.Integration.Relay;

/// <summary>A room link opens the room's pages for its day, in the browser that opened it, and no page else.</summary>
public sealed class RoomLinkTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_opens_the_room_and_the_key_is_out_of_the_address_bar()
    {
        await using var relay = await RunningRelay.StartAsync(inTheMorning: true);
        using var phone = new Phone(relay);
        var link = await MakeAsync(relay);

        using var opened = await phone.GetAsync(link.Address);
        Assert.Equal("/staff/room", opened.Headers.Location?.ToString());
        var cookie = Assert.Single(opened.Headers.GetValues("Set-Cookie"));
        Assert.Contains("path=/staff/room;", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(", today</h1>", await phone.ReadAsync("/staff/room"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/staff")]
    [InlineData("/staff/today")]
    [InlineData("/staff/plans")]
    [InlineData("/staff/calendar")]
    [InlineData("/staff/room-link")]
    public async Task It_opens_no_page_else(string page)
    {
        await using var relay = await RunningRelay.StartAsync(inTheMorning: true);
        using var phone = new Phone(relay);
        using var opened = await phone.GetAsync((await MakeAsync(relay)).Address);

        using var answer = await phone.GetAsync(page);

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal("/staff/sign-in", PathOf(answer));
    }

    [Fact]
    public async Task The_next_day_it_says_kindly_that_it_has_ended_to_an_open_phone_and_to_a_new_one()
    {
        var folder = Directory.CreateTempSubdirectory("av1relay-room-link");
        try
        {
            string address, cookie;
            await using (var yesterday = await RunningRelay.StartAsync(folder: folder, inTheMorning: true))
            {
                using var phone = new Phone(yesterday);
                address = (await MakeAsync(yesterday)).Address;
                using var opened = await phone.GetAsync(address);
                Assert.Contains(", today</h1>", await phone.ReadAsync("/staff/room"), StringComparison.Ordinal);
                cookie = phone.Cookie!; // it was just let in
            }

            await using var relay = await RunningRelay.StartAsync(folder: folder);
            using var again = new Phone(relay) { Cookie = cookie };
            using var open = await again.GetAsync("/staff/room");
            Assert.Equal("/staff/room/ended", PathOf(open));
            using var other = new Phone(relay);
            using var late = await other.GetAsync(address);
            Assert.Equal("/staff/room/ended", late.Headers.Location?.ToString());
            Assert.Null(other.Cookie);
            Assert.Contains("This room link has ended", await other.ReadAsync("/staff/room/ended"), StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task One_that_was_closed_opens_nothing_from_the_next_click_on()
    {
        await using var relay = await RunningRelay.StartAsync(inTheMorning: true);
        using var phone = new Phone(relay);
        var link = await MakeAsync(relay);
        using var opened = await phone.GetAsync(link.Address);

        Assert.Contains(", today</h1>", await phone.ReadAsync("/staff/room"), StringComparison.Ordinal);
        var links = relay.Services.GetRequiredService<StaffRoomLinks>();
        Assert.False((await links.EndAsync(link.Maker, link.Held.Id, "", Cancellation)).IsRefused);

        using var again = await phone.GetAsync("/staff/room");
        Assert.Equal("/staff/room/ended", PathOf(again));
    }

    [Fact]
    public async Task It_is_closed_on_a_phone_by_whoever_has_it_there()
    {
        await using var relay = await RunningRelay.StartAsync(inTheMorning: true);
        using var phone = new Phone(relay);
        using var opened = await phone.GetAsync((await MakeAsync(relay)).Address);

        using var left = await phone.SendAsync("/staff/room", "/staff/room/leave");

        Assert.Equal("/staff/room/ended?why=left", left.Headers.Location?.ToString());
        using var again = await phone.GetAsync("/staff/room");
        Assert.Equal("/staff/room/ended", PathOf(again));
    }

    [Theory]
    [InlineData("")]
    [InlineData("?key=")]
    [InlineData("?key=made-up")]
    [InlineData("?key=CfDJ8AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task A_key_that_was_made_up_opens_nothing(string query)
    {
        await using var relay = await RunningRelay.StartAsync(inTheMorning: true);
        using var phone = new Phone(relay);

        using var answer = await phone.GetAsync($"/staff/room/open{query}");

        Assert.Equal("/staff/room/ended?why=unknown", answer.Headers.Location?.ToString());
        Assert.False(answer.Headers.Contains("Set-Cookie"));
        Assert.Equal("no-store", answer.Headers.CacheControl?.ToString());
    }

    /// <summary>Where it leads, whether the address is whole or not.</summary>
    private static string? PathOf(HttpResponseMessage answer) =>
        answer.Headers.Location is { } location ? new Uri(answer.RequestMessage!.RequestUri!, location).AbsolutePath : null; // it was asked for

    private static async Task<(HeldRoomLink Held, string Address, Caller Maker)> MakeAsync(RunningRelay relay)
    {
        await relay.RunAsync("seed");
        var now = Instant.FromDateTimeOffset(relay.Time.GetUtcNow());
        var school = new CountyGenerator(1, SampleSize.Authority, now).Schools().First().Card.Id;
        await using var work = await relay.Services.GetRequiredService<IRecords>().BeginAsync(default, now, [], Cancellation);
        var sendco = (await work.Assignments.OfSchoolAsync(school, Cancellation)).First(kept => kept.Value.Role == Role.Sendco).Value.Who;
        var times = (await work.SchoolTimes.FindAsync(school, Cancellation))!.Value; // an invented school has its year
        var maker = new Caller(sendco);
        var made = await relay.Services.GetRequiredService<StaffRoomLinks>().MakeAsync(
            maker, school, times.Rooms[0].Id, now.InZone(times.Calendar.Zone).Date, "", Cancellation);
        var held = made.TryGet(out var link, out var refusals) ? link : throw new InvalidOperationException(string.Join(' ', refusals));
        return (held, $"/staff/room/open?key={relay.Services.GetRequiredService<RoomLinkKeys>().Seal(held.Link)}", maker);
    }

    /// <summary>A browser of its own, which follows nothing by itself and keeps its cookie by the relay's clock, which is not the real one.</summary>
    private sealed class Phone : IDisposable
    {
        private readonly Dictionary<string, string> _cookies = [];
        private readonly HttpClient _http;

        public Phone(RunningRelay relay) =>
            _http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = relay.Http.BaseAddress };

        /// <summary>The room's; null: it has none.</summary>
        public string? Cookie
        {
            get => _cookies.TryGetValue("av1relay.room", out var value) ? $"av1relay.room={value}" : null;
            init => Keep(value!); // it was kept by another phone
        }

        public async Task<HttpResponseMessage> GetAsync(string page)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(page, UriKind.Relative));
            return await AskAsync(request);
        }

        /// <summary>The form on a page that is sent to an address, as it stands there.</summary>
        public async Task<HttpResponseMessage> SendAsync(string page, string to)
        {
            var form = Regex.Match(await ReadAsync(page), $"<form[^>]* action=\"{to}\".*?</form>", RegexOptions.Singleline).Value;
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(to, UriKind.Relative)) { Content = new FormUrlEncodedContent(StaffForms.HiddenIn(form)) };
            return await AskAsync(request);
        }

        private async Task<HttpResponseMessage> AskAsync(HttpRequestMessage request)
        {
            if (_cookies.Count > 0) request.Headers.Add("Cookie", string.Join("; ", _cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")));
            var answer = await _http.SendAsync(request, Cancellation);
            if (answer.Headers.TryGetValues("Set-Cookie", out var cookies))
                foreach (var cookie in cookies) Keep(cookie);
            return answer;
        }

        private void Keep(string cookie)
        {
            var (name, value) = (cookie.Split('=')[0], cookie.Split(';')[0].Split('=', 2)[1]);
            if (value.Length > 0) _cookies[name] = value;
            else _cookies.Remove(name);
        }

        public async Task<string> ReadAsync(string page)
        {
            using var answer = await GetAsync(page);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            return await answer.Content.ReadAsStringAsync(Cancellation);
        }

        public void Dispose() => _http.Dispose();
    }
}
