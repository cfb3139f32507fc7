using System.Security.Claims;
using AV1Relay.StaffConsole.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace AV1Relay.Tests.Unit.Console;

/// <summary>A form whose answer was lost on the way is sent again.</summary>
public sealed class SentOnceTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly SentOnce _once;
    private int _done;

    public SentOnceTests() => _once = new SentOnce(_time);

    [Fact]
    public async Task What_was_kept_is_answered_again_and_not_done_again()
    {
        await SendAsync("1", LeadOn);
        var second = await SendAsync("1", LeadOn);

        Assert.Equal(1, _done);
        Assert.Equal((StatusCodes.Status303SeeOther, "/staff/plans/1"), (second.StatusCode, second.Headers.Location.ToString()));
    }

    [Fact]
    public async Task Two_at_once_are_done_once_and_both_are_led_on()
    {
        var begun = new TaskCompletionSource();
        var go = new TaskCompletionSource();
        var first = SendAsync("1", async http =>
        {
            begun.SetResult();
            await go.Task;
            await LeadOn(http);
        });
        await begun.Task;
        var second = SendAsync("1", LeadOn);
        go.SetResult();

        Assert.Equal("/staff/plans/1", (await first).Headers.Location.ToString());
        Assert.Equal("/staff/plans/1", (await second).Headers.Location.ToString());
        Assert.Equal(1, _done);
    }

    [Fact]
    public async Task What_was_refused_may_be_sent_again()
    {
        await SendAsync("1", Refuse);
        await SendAsync("1", LeadOn);

        Assert.Equal(2, _done);
    }

    [Fact]
    public async Task What_failed_may_be_sent_again()
    {
        await Assert.ThrowsAsync<TimeoutException>(() => SendAsync("1", _ => throw new TimeoutException()));
        await SendAsync("1", LeadOn);

        Assert.Equal(1, _done);
    }

    [Theory]
    [InlineData("2", "11111111-1111-4111-8111-111111111111")]
    [InlineData("1", "22222222-2222-4222-8222-222222222222")]
    [InlineData(null, "11111111-1111-4111-8111-111111111111")]
    public async Task Another_form_another_persons_and_one_without_a_number_are_done(string? number, string who)
    {
        await SendAsync("1", LeadOn);
        await SendAsync(number, LeadOn, who);

        Assert.Equal(2, _done);
    }

    [Fact]
    public async Task After_ten_minutes_it_is_forgotten()
    {
        await SendAsync("1", LeadOn);
        _time.Advance(TimeSpan.FromMinutes(11));
        await SendAsync("1", LeadOn);

        Assert.Equal(2, _done);
    }

    private Task LeadOn(HttpContext http)
    {
        _done++;
        http.Response.Redirect("/staff/plans/1");
        return Task.CompletedTask;
    }

    private Task Refuse(HttpContext http)
    {
        _done++;
        return Task.CompletedTask;
    }

    private async Task<HttpResponse> SendAsync(string? number, RequestDelegate page, string who = "11111111-1111-4111-8111-111111111111")
    {
        var http = new DefaultHttpContext { User = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, who)], "test")) };
        (http.Request.Method, http.Request.Path) = ("POST", "/staff/people/pupils/add");
        http.Request.ContentType = "application/x-www-form-urlencoded";
        http.Request.Form = new FormCollection(number is null ? [] : new Dictionary<string, StringValues> { [SentOnce.Field] = number });
        await _once.AnswerAsync(http, page);
        return http.Response;
    }
}
