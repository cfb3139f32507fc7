using System.Net;
using AV1Relay.StaffConsole;
using AV1Relay.StaffConsole.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace AV1Relay.Tests.Integration.Relay;

/// <summary>Who opens which page. What somebody then sees of it is asked of the domain: <see cref="StaffRightsTests"/>.</summary>
public sealed class StaffPagesTests
{
    private static readonly string[] ForEverybody =
    [
        "/staff/sign-in", "/staff/second-factor", "/staff/welcome", "/staff/not-found", "/staff/sign-out", "/staff/passkeys/ask", "/staff/assets/{hash}/{name}",
    ];

    private static readonly string[] WithAPasswordAlone = ["/staff/second-factor/set-up", "/staff/passkeys/new"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_page_asks_for_a_whole_sign_in_but_for_those_that_lead_there()
    {
        await using var relay = await RunningRelay.StartAsync();
        var pages = relay.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => PathOf(endpoint).StartsWith(ConsoleServices.Path, StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(pages);
        Assert.All(pages, page =>
        {
            var expected = ForEverybody.Contains(PathOf(page)) ? null
                : WithAPasswordAlone.Contains(PathOf(page)) ? StaffPolicies.FirstFactor : StaffPolicies.SignedIn;
            Assert.Equal((PathOf(page), expected), (PathOf(page), PolicyOf(page)));
        });
    }

    [Theory]
    [InlineData("/staff")]
    [InlineData("/staff/plans")]
    [InlineData("/staff/plans/6c1f2f0e-6f0b-4f57-9f0a-1d2a3b4c5d6e")]
    [InlineData("/staff/plans/new")]
    [InlineData("/staff/plans/6c1f2f0e-6f0b-4f57-9f0a-1d2a3b4c5d6e/attend")]
    [InlineData("/staff/plans/6c1f2f0e-6f0b-4f57-9f0a-1d2a3b4c5d6e/goal")]
    [InlineData("/staff/plans/6c1f2f0e-6f0b-4f57-9f0a-1d2a3b4c5d6e/people")]
    [InlineData("/staff/plans/6c1f2f0e-6f0b-4f57-9f0a-1d2a3b4c5d6e/activate")]
    [InlineData("/staff/plans/6c1f2f0e-6f0b-4f57-9f0a-1d2a3b4c5d6e/close")]
    [InlineData("/staff/plans/6c1f2f0e-6f0b-4f57-9f0a-1d2a3b4c5d6e/order")]
    [InlineData("/staff/plans/6c1f2f0e-6f0b-4f57-9f0a-1d2a3b4c5d6e/move")]
    [InlineData("/staff/plans/6c1f2f0e-6f0b-4f57-9f0a-1d2a3b4c5d6e/review")]
    [InlineData("/staff/plans/6c1f2f0e-6f0b-4f57-9f0a-1d2a3b4c5d6e/steps/new")]
    [InlineData("/staff/plans/6c1f2f0e-6f0b-4f57-9f0a-1d2a3b4c5d6e/steps/6c1f2f0e-6f0b-4f57-9f0a-1d2a3b4c5d6e")]
    [InlineData("/staff/plans/6c1f2f0e-6f0b-4f57-9f0a-1d2a3b4c5d6e/steps/6c1f2f0e-6f0b-4f57-9f0a-1d2a3b4c5d6e/split")]
    [InlineData("/staff/plans/6c1f2f0e-6f0b-4f57-9f0a-1d2a3b4c5d6e/steps/6c1f2f0e-6f0b-4f57-9f0a-1d2a3b4c5d6e/remove")]
    [InlineData("/staff/plans/6c1f2f0e-6f0b-4f57-9f0a-1d2a3b4c5d6e/parts/new")]
    [InlineData("/staff/plans/6c1f2f0e-6f0b-4f57-9f0a-1d2a3b4c5d6e/parts/6c1f2f0e-6f0b-4f57-9f0a-1d2a3b4c5d6e")]
    [InlineData("/staff/plans/6c1f2f0e-6f0b-4f57-9f0a-1d2a3b4c5d6e/parts/6c1f2f0e-6f0b-4f57-9f0a-1d2a3b4c5d6e/marks")]
    [InlineData("/staff/reviews/6c1f2f0e-6f0b-4f57-9f0a-1d2a3b4c5d6e/6c1f2f0e-6f0b-4f57-9f0a-1d2a3b4c5d6e/print")]
    [InlineData("/staff/plans/6c1f2f0e-6f0b-4f57-9f0a-1d2a3b4c5d6e/contacts")]
    [InlineData("/staff/plans/6c1f2f0e-6f0b-4f57-9f0a-1d2a3b4c5d6e/contacts/new")]
    [InlineData("/staff/plans/6c1f2f0e-6f0b-4f57-9f0a-1d2a3b4c5d6e/contacts/6c1f2f0e-6f0b-4f57-9f0a-1d2a3b4c5d6e")]
    [InlineData("/staff/plans/6c1f2f0e-6f0b-4f57-9f0a-1d2a3b4c5d6e/send-home")]
    [InlineData("/staff/plans/6c1f2f0e-6f0b-4f57-9f0a-1d2a3b4c5d6e/sent-home/6c1f2f0e-6f0b-4f57-9f0a-1d2a3b4c5d6e")]
    [InlineData("/staff/plans/6c1f2f0e-6f0b-4f57-9f0a-1d2a3b4c5d6e/arrangements")]
    [InlineData("/staff/plans/6c1f2f0e-6f0b-4f57-9f0a-1d2a3b4c5d6e/arrangements/new")]
    [InlineData("/staff/plans/6c1f2f0e-6f0b-4f57-9f0a-1d2a3b4c5d6e/arrangements/6c1f2f0e-6f0b-4f57-9f0a-1d2a3b4c5d6e")]
    [InlineData("/staff/plans/6c1f2f0e-6f0b-4f57-9f0a-1d2a3b4c5d6e/arrangements/6c1f2f0e-6f0b-4f57-9f0a-1d2a3b4c5d6e/terms")]
    [InlineData("/staff/plans/6c1f2f0e-6f0b-4f57-9f0a-1d2a3b4c5d6e/arrangements/6c1f2f0e-6f0b-4f57-9f0a-1d2a3b4c5d6e/review")]
    [InlineData("/staff/plans/6c1f2f0e-6f0b-4f57-9f0a-1d2a3b4c5d6e/referrals")]
    [InlineData("/staff/plans/6c1f2f0e-6f0b-4f57-9f0a-1d2a3b4c5d6e/referrals/new")]
    [InlineData("/staff/plans/6c1f2f0e-6f0b-4f57-9f0a-1d2a3b4c5d6e/referrals/6c1f2f0e-6f0b-4f57-9f0a-1d2a3b4c5d6e")]
    [InlineData("/staff/plans/6c1f2f0e-6f0b-4f57-9f0a-1d2a3b4c5d6e/referrals/6c1f2f0e-6f0b-4f57-9f0a-1d2a3b4c5d6e/write")]
    [InlineData("/staff/plans/6c1f2f0e-6f0b-4f57-9f0a-1d2a3b4c5d6e/referrals/6c1f2f0e-6f0b-4f57-9f0a-1d2a3b4c5d6e/document.docx")]
    [InlineData("/staff/plans/6c1f2f0e-6f0b-4f57-9f0a-1d2a3b4c5d6e/ledger")]
    [InlineData("/staff/plans/6c1f2f0e-6f0b-4f57-9f0a-1d2a3b4c5d6e/ledger.csv")]
    [InlineData("/staff/plans/6c1f2f0e-6f0b-4f57-9f0a-1d2a3b4c5d6e/ledger/6c1f2f0e-6f0b-4f57-9f0a-1d2a3b4c5d6e")]
    [InlineData("/staff/concern")]
    [InlineData("/staff/calendar")]
    [InlineData("/staff/times")]
    [InlineData("/staff/times/term")]
    [InlineData("/staff/times/day")]
    [InlineData("/staff/times/room")]
    [InlineData("/staff/times/lesson")]
    [InlineData("/staff/times/lesson/day?lesson=6c1f2f0e-6f0b-4f57-9f0a-1d2a3b4c5d6e")]
    [InlineData("/staff/book?plan=6c1f2f0e-6f0b-4f57-9f0a-1d2a3b4c5d6e")]
    [InlineData("/staff/sessions/6c1f2f0e-6f0b-4f57-9f0a-1d2a3b4c5d6e")]
    [InlineData("/staff/people")]
    [InlineData("/staff/people/add")]
    [InlineData("/staff/people/6c1f2f0e-6f0b-4f57-9f0a-1d2a3b4c5d6e")]
    [InlineData("/staff/people/roles/6c1f2f0e-6f0b-4f57-9f0a-1d2a3b4c5d6e/end")]
    [InlineData("/staff/people/pupils")]
    [InlineData("/staff/people/pupils/add")]
    [InlineData("/staff/people/pupils/6c1f2f0e-6f0b-4f57-9f0a-1d2a3b4c5d6e")]
    [InlineData("/staff/people/pupils/6c1f2f0e-6f0b-4f57-9f0a-1d2a3b4c5d6e/parents/add")]
    [InlineData("/staff/plans/6c1f2f0e-6f0b-4f57-9f0a-1d2a3b4c5d6e/access")]
    [InlineData("/staff/plans/6c1f2f0e-6f0b-4f57-9f0a-1d2a3b4c5d6e/access/add")]
    [InlineData("/staff/sessions/6c1f2f0e-6f0b-4f57-9f0a-1d2a3b4c5d6e/answer")]
    public async Task A_page_sends_who_is_not_signed_in_to_the_sign_in_and_back_afterwards(string page)
    {
        await using var relay = await RunningRelay.StartAsync();
        using var handler = new HttpClientHandler { AllowAutoRedirect = false };
        using var http = new HttpClient(handler) { BaseAddress = relay.Http.BaseAddress };

        using var answer = await http.GetAsync(new Uri(page, UriKind.Relative), Cancellation);

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal($"/staff/sign-in?next={Uri.EscapeDataString(page)}", answer.Headers.Location?.PathAndQuery);
        Assert.Equal("no-store", answer.Headers.CacheControl?.ToString());
        Assert.Contains("script-src 'self'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_from_elsewhere_is_not_taken()
    {
        await using var relay = await RunningRelay.StartAsync();
        using var form = new FormUrlEncodedContent([new("_handler", "sign-in"), new("Input.Email", "a@b.example"), new("Input.Password", "x")]);

        using var answer = await relay.Http.PostAsync(new Uri("/staff/sign-in", UriKind.Relative), form, Cancellation);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    private static string PathOf(RouteEndpoint endpoint) => "/" + endpoint.RoutePattern.RawText!.TrimStart('/'); // a mapped endpoint has a pattern

    /// <summary>Null: everybody.</summary>
    private static string? PolicyOf(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null ? null : endpoint.Metadata.GetMetadata<IAuthorizeData>()?.Policy ?? "no rule at all";
}
