using AV1Relay.Api.Tokens;
using AV1Relay.Domain.Sessions;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace AV1Relay.Tests.Unit.Api.Tokens;

public sealed class TechnicianTokensTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 11, 9, 10, 5, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _time = new(Start);
    private readonly TokenKey _key = TokenKey.Generate();
    private readonly TechnicianTokens _tokens;

    public TechnicianTokensTests() => _tokens = new TechnicianTokens(_key, _time);

    public void Dispose() => _key.Dispose();

    [Theory]
    [InlineData(null)]
    [InlineData("room-1")]
    [InlineData("6c1f2f0e-6f0b-4f57-9f0a-1d2a3b4c5d6e")]
    public async Task A_token_says_what_was_put_into_it(string? session)
    {
        var token = new TechnicianToken(session, Start, Start.AddMinutes(15));

        Assert.Equal(token, (await _tokens.ValidateAsync($"Bearer {_tokens.Issue(token).Value}")).Token);
    }

    [Fact]
    public async Task A_token_for_what_is_no_session_is_for_nothing()
    {
        var token = _tokens.Issue(new TechnicianToken("Not a session", Start, Start.AddMinutes(15))).Value;

        Assert.Null((await _tokens.ValidateAsync($"Bearer {token}")).Token);
    }

    [Fact]
    public void A_token_lasts_eight_hours_at_most()
        => Assert.Throws<ArgumentOutOfRangeException>(() => _tokens.Issue(new TechnicianToken(null, Start, Start.AddHours(8).AddSeconds(1))));

    [Fact]
    public async Task A_token_ends_with_its_window()
    {
        var token = _tokens.Issue(new TechnicianToken(null, Start, Start.AddMinutes(15))).Value;
        _time.Advance(TimeSpan.FromMinutes(15));

        var (good, problem) = await _tokens.ValidateAsync($"Bearer {token}");

        Assert.Null(good);
        Assert.Contains("is over", problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Neither_kind_of_token_passes_for_the_other()
    {
        var sessions = new JwtSessionTokens(_key, _time);
        var technicians = _tokens.Issue(new TechnicianToken(null, Start, Start.AddMinutes(15))).Value;
        var observers = sessions.Issue(new SessionToken(
            "room-1", SessionRole.Observer, "token:1", "Technician", CapabilitySet.Everything, Start, Start.AddHours(1), IsAdHoc: true, RobotName: null)).Value;

        Assert.Null((await _tokens.ValidateAsync($"Bearer {observers}")).Token);
        Assert.Null((await sessions.ValidateAsync($"Bearer {technicians}", TestContext.Current.CancellationToken)).Token);
    }
}
