using System.Net;
using Microsoft.Data.Sqlite;
using Xunit;

namespace AV1Relay.Tests.Integration.Relay;

/// <summary>What a browser is shown where a page has no answer.</summary>
public sealed class StaffProblemsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_address_that_is_none_is_told_in_words()
    {
        await using var relay = await RunningRelay.StartAsync();

        using var answer = await AskAsync(relay, HttpMethod.Get, "/staff/plan");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("There is nothing at this address", await answer.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal("no-store", answer.Headers.CacheControl?.ToString());
    }

    [Fact]
    public async Task What_a_page_does_not_take_leads_to_the_page_as_it_stands()
    {
        await using var relay = await RunningRelay.StartAsync();

        using var answer = await AskAsync(relay, HttpMethod.Post, "/staff/sign-in?next=%2Fstaff%2Fplans&done=goal", [new("_handler", "sign-in")]);

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Equal("/staff/sign-in?next=%2Fstaff%2Fplans&late=yes", answer.Headers.Location?.OriginalString);
        using var shown = await AskAsync(relay, HttpMethod.Get, answer.Headers.Location!.OriginalString); // it was led on
        Assert.Contains("What you sent just now was not kept.", await shown.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_that_is_far_too_long_is_told_in_words()
    {
        await using var relay = await RunningRelay.StartAsync();

        using var answer = await AskAsync(relay, HttpMethod.Post, "/staff/sign-in", [new("Input.Email", new string('a', 400_000))]);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Contains("That was too long", await answer.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Too_many_tries_are_told_in_words_and_for_how_long()
    {
        await using var relay = await RunningRelay.StartAsync();
        HttpResponseMessage? answer = null;
        for (var attempt = 0; attempt < 5_000 && answer?.StatusCode != HttpStatusCode.TooManyRequests; attempt++)
        {
            answer?.Dispose();
            answer = await AskAsync(relay, HttpMethod.Post, "/staff/sign-in", [new("_handler", "sign-in")]);
        }

        using (answer)
        {
            Assert.Equal(HttpStatusCode.TooManyRequests, answer?.StatusCode);
            Assert.NotNull(answer!.Headers.RetryAfter); // one there is
            Assert.Contains("Wait a minute", await answer.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_page_that_fails_is_told_in_words()
    {
        await using var relay = await RunningRelay.StartAsync();
        await using (var database = new SqliteConnection($"Data Source={Path.Combine(relay.DataPath, "relay.db")};Pooling=False"))
        {
            await database.OpenAsync(Cancellation);
            await using var command = database.CreateCommand();
            command.CommandText = "DROP TABLE Accounts";
            await command.ExecuteNonQueryAsync(Cancellation);
        }

        using var browser = new HttpClient { BaseAddress = relay.Http.BaseAddress };
        browser.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        var answer = await browser.SendAsync("/staff/sign-in", "sign-in", ("Input.Email", "wren@school.example"), ("Input.Password", "brass otter umbrella"));

        Assert.Equal(HttpStatusCode.InternalServerError, answer.Status);
        Assert.Contains("Something went wrong here", answer.Page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/staff/welcome?person=nobody&invitation=none")]
    [InlineData("/staff/welcome?person=1&person=2")]
    public async Task What_cannot_be_read_in_an_address_is_taken_as_not_asked_for(string address)
    {
        await using var relay = await RunningRelay.StartAsync();

        using var answer = await AskAsync(relay, HttpMethod.Get, address);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task A_program_is_answered_without_a_page()
    {
        await using var relay = await RunningRelay.StartAsync();

        using var answer = await relay.Http.GetAsync(new Uri("/staff/plan", UriKind.Relative), Cancellation);

        Assert.Equal((HttpStatusCode.NotFound, ""), (answer.StatusCode, await answer.Content.ReadAsStringAsync(Cancellation)));
    }

    /// <summary>As a browser does, without following where it is led.</summary>
    private static async Task<HttpResponseMessage> AskAsync(
        RunningRelay relay, HttpMethod method, string address, IReadOnlyList<KeyValuePair<string, string>>? form = null)
    {
        using var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = relay.Http.BaseAddress };
        using var request = new HttpRequestMessage(method, new Uri(address, UriKind.Relative));
        request.Headers.Accept.ParseAdd("text/html,application/xhtml+xml");
        if (form is not null) request.Content = new FormUrlEncodedContent(form);
        return await http.SendAsync(request, Cancellation);
    }
}
