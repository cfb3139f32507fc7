using System.Text;
using AV1Relay.Api.Tokens;
using AV1Relay.Domain.Sessions;
using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Xunit;

namespace AV1Relay.Tests.Unit.Api.Tokens;

public sealed class JwtSessionTokensTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 11, 9, 10, 5, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _time = new(Start);
    private readonly TokenKey _key = TokenKey.Generate();
    private readonly JwtSessionTokens _tokens;

    public JwtSessionTokensTests() => _tokens = new JwtSessionTokens(_key, _time);

    public void Dispose() => _key.Dispose();

    [Fact]
    public async Task A_token_says_what_was_put_into_it()
    {
        var observer = Pupil() with { Role = SessionRole.Observer, DisplayName = "Ms Reed", RobotName = "robot-1" };

        var validation = await Validate(_tokens.Issue(observer).Value);

        Assert.Null(validation.Problem);
        Assert.Equal(observer, validation.Token);
    }

    [Fact]
    public async Task A_token_ends_with_its_window()
    {
        var token = _tokens.Issue(Pupil()).Value;

        _time.Advance(TimeSpan.FromHours(1) - TimeSpan.FromSeconds(1));
        Assert.NotNull((await Validate(token)).Token);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Contains("is over", (await Validate(token)).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_is_no_good_before_its_window()
    {
        var token = _tokens.Issue(Pupil() with { NotBefore = Start.AddMinutes(10) }).Value;

        Assert.Null((await Validate(token)).Token);
        _time.Advance(TimeSpan.FromMinutes(10));
        Assert.NotNull((await Validate(token)).Token);
    }

    [Fact]
    public async Task A_token_made_with_another_key_is_refused()
    {
        using var otherKey = TokenKey.Generate();
        var forged = new JwtSessionTokens(otherKey, _time).Issue(Pupil()).Value;

        Assert.Equal("The token was not made by this relay.", (await Validate(forged)).Problem);
    }

    [Fact]
    public async Task A_token_whose_contents_were_changed_is_refused()
    {
        var parts = _tokens.Issue(Pupil()).Value.Split('.');
        var payload = Encoding.UTF8.GetString(Base64UrlEncoder.DecodeBytes(parts[1]));
        parts[1] = Base64UrlEncoder.Encode(payload.Replace("pupil", "robot", StringComparison.Ordinal));

        Assert.Null((await Validate(string.Join('.', parts))).Token);
    }

    [Fact]
    public async Task A_token_without_a_signature_is_refused()
    {
        var parts = _tokens.Issue(Pupil()).Value.Split('.');
        var unsigned = $"{Base64UrlEncoder.Encode("""{"alg":"none","typ":"JWT"}""")}.{parts[1]}.";

        Assert.Null((await Validate(unsigned)).Token);
    }

    [Fact]
    public async Task A_token_for_another_audience_is_refused_although_our_key_signed_it()
    {
        var elsewhere = new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = SignedTokens.Issuer,
            Audience = "another",
            NotBefore = Start.UtcDateTime,
            IssuedAt = Start.UtcDateTime,
            Expires = Start.AddHours(1).UtcDateTime,
            SigningCredentials = new SigningCredentials(_key.SecurityKey, SecurityAlgorithms.EcdsaSha256),
        });

        Assert.Equal("The token is for something else.", (await Validate(elsewhere)).Problem);
    }

    [Fact]
    public async Task A_genuine_token_of_another_kind_is_refused()
    {
        var notASession = new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = SignedTokens.Issuer,
            Audience = JwtSessionTokens.Audience,
            NotBefore = Start.UtcDateTime,
            IssuedAt = Start.UtcDateTime,
            Expires = Start.AddHours(1).UtcDateTime,
            SigningCredentials = new SigningCredentials(_key.SecurityKey, SecurityAlgorithms.EcdsaSha256),
        });

        Assert.Equal("The token is not one for a session.", (await Validate(notASession)).Problem);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("Basic dTpw")]
    [InlineData("Bearer a.b.c")]
    [InlineData("Bearer ....")]
    public async Task A_header_without_a_token_is_refused_in_words(string? header)
    {
        var validation = await _tokens.ValidateAsync(header, TestContext.Current.CancellationToken);

        Assert.Null(validation.Token);
        Assert.False(string.IsNullOrEmpty(validation.Problem));
    }

    [Fact]
    public async Task Every_shortened_token_is_refused()
    {
        var token = _tokens.Issue(Pupil()).Value;
        for (var length = 0; length < token.Length; length++)
            Assert.Null((await Validate(token[..length])).Token);
    }

    [Fact]
    public async Task A_remembered_token_is_only_that_token()
    {
        var token = _tokens.Issue(Pupil()).Value;
        Assert.NotNull((await Validate(token)).Token);
        Assert.NotNull((await Validate(token)).Token);

        for (var index = 0; index < token.Length; index += 7)
            Assert.Null((await Validate(token.Remove(index, 1).Insert(index, token[index] == 'A' ? "B" : "A"))).Token);
    }

    [Fact]
    public async Task A_key_survives_being_written_and_read()
    {
        using var again = TokenKey.FromPem(_key.ToPem());
        var token = new JwtSessionTokens(again, _time).Issue(Pupil()).Value;

        Assert.NotNull((await Validate(token)).Token);
    }

    [Fact]
    public void Each_token_has_its_own_id() => Assert.NotEqual(_tokens.Issue(Pupil()).Id, _tokens.Issue(Pupil()).Id);

    private static SessionToken Pupil() => new(
        "room-1", SessionRole.Pupil, "device-1", null, new CapabilitySet(Capability.See | Capability.Hear),
        Start, Start.AddHours(1), IsAdHoc: true, RobotName: null);

    private ValueTask<TokenValidation> Validate(string token) =>
        _tokens.ValidateAsync("Bearer " + token, TestContext.Current.CancellationToken);
}
