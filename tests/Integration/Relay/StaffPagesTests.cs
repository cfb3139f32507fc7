using System.Net;
using Xunit;

namespace AV1Relay.Tests.Integration.Relay;

/// <summary>What pages take. Who opens which is tried by <see cref="StaffRolesTests"/>.</summary>
public sealed class StaffPagesTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_form_from_elsewhere_is_not_taken()
    {
        await using var relay = await RunningRelay.StartAsync();
        using var form = new FormUrlEncodedContent([new("_handler", "sign-in"), new("Input.Email", "a@b.example"), new("Input.Password", "x")]);

        using var answer = await relay.Http.PostAsync(new Uri("/staff/sign-in", UriKind.Relative), form, Cancellation);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }
}
