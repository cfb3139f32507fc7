using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace AV1Relay.Api.Tokens;

/// <summary>JWTs (RFC 7519) signed with ES256 (RFC 7518 §3.4) by the relay's own key, for one audience: a token for another one is refused.</summary>
internal sealed class SignedTokens
{
    internal const string Issuer = "av1relay";
    private const string Scheme = "Bearer ";
    private const int MaxTokenLength = 4_096; // characters; ours have about 700

    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false, SetDefaultTimesOnTokenCreation = false };
    private readonly TokenValidationParameters _parameters;
    private readonly SigningCredentials _credentials;
    private readonly TimeProvider _time;
    private readonly string _audience;

    public SignedTokens(TokenKey key, TimeProvider time, string audience)
    {
        _time = time;
        _audience = audience;
        _credentials = new SigningCredentials(key.SecurityKey, SecurityAlgorithms.EcdsaSha256);
        _parameters = new TokenValidationParameters
        {
            IssuerSigningKey = key.SecurityKey,
            ValidIssuer = Issuer,
            ValidAudience = audience,
            ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256],
            RequireExpirationTime = true,
            RequireSignedTokens = true,
            // The library reads the wall clock; ours comes from the TimeProvider, and without leeway: one machine signs and checks.
            LifetimeValidator = (notBefore, expires, _, _) => IsNow(notBefore, expires),
        };
    }

    /// <summary>Reads a whole <c>Authorization</c> header; null when there was none.</summary>
    public static bool TryReadBearer(string? header, out string value, [NotNullWhen(false)] out string? problem)
    {
        value = "";
        problem = null;
        if (string.IsNullOrWhiteSpace(header))
            problem = "A bearer token is needed.";
        else if (!header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            problem = "The authorization header is not a bearer token.";
        else if ((value = header[Scheme.Length..].Trim()).Length is 0 or > MaxTokenLength)
            problem = "The bearer token is empty or too long.";
        return problem is null;
    }

    /// <param name="claims">All but issuer, audience, times and id, which are added.</param>
    public IssuedToken Issue(Dictionary<string, object> claims, DateTimeOffset notBefore, DateTimeOffset notAfter)
    {
        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        claims[TokenClaims.Id] = id;
        var value = _handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Issuer,
            Audience = _audience,
            IssuedAt = _time.GetUtcNow().UtcDateTime,
            NotBefore = notBefore.UtcDateTime,
            Expires = notAfter.UtcDateTime,
            Claims = claims,
            SigningCredentials = _credentials,
        });
        return new IssuedToken(value, id);
    }

    /// <returns>The genuine token, or in words why it is none. Never throws for what a caller sent.</returns>
    public async ValueTask<(JsonWebToken? Token, string Problem)> ValidateAsync(string value)
    {
        var result = await _handler.ValidateTokenAsync(value, _parameters);
        return result is { IsValid: true, SecurityToken: JsonWebToken token } ? (token, "") : (null, Explain(result.Exception));
    }

    public bool IsNow(DateTime? notBefore, DateTime? expires)
    {
        var now = _time.GetUtcNow().UtcDateTime;
        // JWT times are whole seconds and nbf is cut down, so a token is good from the moment that it is made.
        return expires is not null && now < expires && (notBefore is null || now >= notBefore);
    }

    private static string Explain(Exception? problem) => problem switch
    {
        SecurityTokenInvalidLifetimeException => "The token's time has not come yet, or is over: ask for a new one.",
        SecurityTokenNoExpirationException => "The token has no end.",
        SecurityTokenSignatureKeyNotFoundException or SecurityTokenInvalidSignatureException or SecurityTokenInvalidAlgorithmException =>
            "The token was not made by this relay.",
        SecurityTokenInvalidAudienceException or SecurityTokenInvalidIssuerException => "The token is for something else.",
        _ => "The bearer token can't be read.",
    };
}
