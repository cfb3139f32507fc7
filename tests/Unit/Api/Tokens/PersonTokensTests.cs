using AV1Relay.Api.Tokens;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Sessions;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace AV1Relay.Tests.Unit.Api.Tokens;

public sealed class PersonTokensTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 11, 9, 10, 5, 0, TimeSpan.Zero);
    private static readonly PersonId Person = new(Guid.Parse("6c1f2f0e-6f0b-4f57-9f0a-1d2a3b4c5d6e"));

    private readonly FakeTimeProvider _time = new(Start);
    private readonly TokenKey _key = TokenKey.Generate();
    private readonly PersonTokens _tokens;

    public PersonTokensTests() => _tokens = new PersonTokens(_key, _time);

    public void Dispose() => _key.Dispose();

    [Fact]
    public async Task A_token_stands_for_the_person_it_was_made_for()
        => Assert.Equal(Person, (await _tokens.ValidateAsync(Bearer())).Person);

    [Fact]
    public void A_token_lasts_a_day_at_most()
        => Assert.Throws<ArgumentOutOfRangeException>(() => _tokens.Issue(Person, Start, Start.AddHours(24).AddSeconds(1)));

    [Fact]
    public async Task A_token_ends_with_its_window()
    {
        var header = Bearer();
        _time.Advance(TimeSpan.FromHours(8));

        var (person, problem) = await _tokens.ValidateAsync(header);

        Assert.Null(person);
        Assert.Contains("is over", problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_of_another_relay_is_none()
    {
        using var key = TokenKey.Generate();

        Assert.Null((await new PersonTokens(key, _time).ValidateAsync(Bearer())).Person);
    }

    [Fact]
    public async Task It_opens_no_session_and_shows_nobodys_inside()
    {
        var header = Bearer();

        Assert.Null((await new JwtSessionTokens(_key, _time).ValidateAsync(header, TestContext.Current.CancellationToken)).Token);
        Assert.Null((await new TechnicianTokens(_key, _time).ValidateAsync(header)).Token);
    }

    [Fact]
    public async Task Sessions_and_technicians_tokens_stand_for_nobody()
    {
        var technicians = new TechnicianTokens(_key, _time).Issue(new TechnicianToken(null, Start, Start.AddMinutes(15))).Value;
        // Its subject reads as a person's id: the audience alone tells the two apart.
        var pupils = new JwtSessionTokens(_key, _time).Issue(new SessionToken(
            "room-1", SessionRole.Pupil, Person.ToString(), null, CapabilitySet.Everything, Start, Start.AddHours(1), true, null)).Value;

        Assert.Null((await _tokens.ValidateAsync($"Bearer {technicians}")).Person);
        Assert.Null((await _tokens.ValidateAsync($"Bearer {pupils}")).Person);
    }

    private string Bearer() => $"Bearer {_tokens.Issue(Person, Start, Start.AddHours(8)).Value}";
}
