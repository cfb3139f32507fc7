using System.Net;
using AV1Relay.Domain.Access;
using AV1Relay.StaffConsole.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace AV1Relay.Tests.Integration.Relay;

/// <summary>Each role on each page, from the cookie of a sign-in to what is shown: as <see cref="AccessPolicy"/> says, and nothing beyond.</summary>
public sealed class StaffRolesTests(StaffCast cast) : IClassFixture<StaffCast>
{
    public static TheoryData<string> Everybody => [.. StaffCast.Names];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Everybody))]
    public async Task A_role_is_shown_the_pages_that_its_rights_say(string name)
    {
        var member = cast.Find(name);
        using var http = await cast.BrowserOfAsync(member.Who, isWhole: true);
        var assignments = await cast.AssignmentsOfAsync(member.Who);
        List<string> expected = [], shown = [];
        foreach (var right in PageRights.All)
        {
            if (await MayAsync(right, member, assignments)) expected.Add(right.Page);
            if (await ShowsAsync(http, right)) shown.Add(right.Page);
        }

        Assert.Equal(expected, shown);
    }

    [Fact]
    public async Task Who_is_not_signed_in_is_sent_to_the_sign_in_and_back_afterwards()
    {
        using var http = await cast.BrowserOfAsync(who: null, isWhole: false);
        foreach (var right in PageRights.All)
        {
            var page = cast.AddressOf(right);
            using var answer = await http.GetAsync(page, Cancellation);

            Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
            Assert.Equal($"/staff/sign-in?next={Uri.EscapeDataString(page.OriginalString)}", answer.Headers.Location?.PathAndQuery);
            Assert.Equal("no-store", answer.Headers.CacheControl?.ToString());
            Assert.Contains("script-src 'self'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Who_has_signed_in_with_a_password_alone_is_sent_to_the_second_step()
    {
        using var http = await cast.BrowserOfAsync(cast.Find(nameof(Role.Sendco)).Who, isWhole: false);
        foreach (var right in PageRights.All)
        {
            using var answer = await http.GetAsync(cast.AddressOf(right), Cancellation);

            Assert.Equal((right.Page, HttpStatusCode.Redirect), (right.Page, answer.StatusCode));
            Assert.Equal("/staff/second-factor/set-up", answer.Headers.Location?.AbsolutePath);
        }
    }

    [Fact]
    public void Every_page_that_asks_for_a_sign_in_stands_in_the_table()
    {
        var pages = cast.Relay.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<IAuthorizeData>()?.Policy == StaffPolicies.SignedIn)
            .Where(endpoint => endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Contains("GET") is not false)
            .Select(endpoint => "/" + endpoint.RoutePattern.RawText!.TrimStart('/')); // a mapped endpoint has a pattern

        Assert.Equal(pages.Distinct().Order(StringComparer.Ordinal), PageRights.All.Select(right => right.Page).Order(StringComparer.Ordinal));
    }

    private async Task<bool> ShowsAsync(HttpClient http, PageRight right)
    {
        using var answer = await http.GetAsync(cast.AddressOf(right), Cancellation);
        if (answer.StatusCode == HttpStatusCode.Redirect)
        {
            Assert.Equal("/staff/not-found", answer.Headers.Location?.OriginalString);
            return false;
        }

        var page = await answer.Content.ReadAsStringAsync(Cancellation);
        // A file that is not given says so with its status too: who asks for one may be a program.
        Assert.True(answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.Forbidden, $"{right.Page}: {answer.StatusCode}");
        if (!page.Contains("data-refused=", StringComparison.Ordinal)) return true;
        if (right.OrSays is { } said && page.Contains($"data-refused=\"{said}\"", StringComparison.Ordinal)) return true;
        Assert.True(page.Contains("data-refused=\"access.", StringComparison.Ordinal), $"{right.Page} refuses for another reason, so it says nothing of rights: {page}");
        return false;
    }

    private async Task<bool> MayAsync(PageRight right, StaffCast.Member member, IReadOnlyList<Assignment> assignments)
    {
        if (right.IsOfNobody) return false;
        foreach (var subject in await cast.SubjectsAsync(right.On, member.Place))
        {
            bool May(Operation operation) => !AccessPolicy.Check(assignments, operation, subject, cast.Now).IsRefused;
            if (right.Needs.All(May) && (right.OneOf.Length == 0 || right.OneOf.Any(May))) return true;
        }

        return false;
    }
}
