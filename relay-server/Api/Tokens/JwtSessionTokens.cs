using System.Collections.Concurrent;
using System.Security.Cryptography;
using AV1Relay.Domain.Sessions;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace AV1Relay.Api.Tokens;

/// <summary>Bearer tokens as JWT (RFC 7519) signed with ES256 (RFC 7518 §3.4), for this relay alone.</summary>
public sealed class JwtSessionTokens : IBearerTokens, ITokenIssuer
{
    internal const string Issuer = "av1relay";
    internal const string Audience = "av1relay-session";
    private const string Scheme = "Bearer ";
    private const int MaxTokenLength = 4_096; // characters; ours have about 700

    private const int MaxRemembered = 4_096;

    // Good tokens, so that a pupil's fifty commands a second cost one signature check and not fifty. Only time can undo one.
    private readonly ConcurrentDictionary<string, SessionToken> _remembered = [];
    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false, SetDefaultTimesOnTokenCreation = false };
    private readonly TokenValidationParameters _parameters;
    private readonly SigningCredentials _credentials;
    private readonly TimeProvider _time;

    public JwtSessionTokens(TokenKey key, TimeProvider time)
    {
        _time = time;
        _credentials = new SigningCredentials(key.SecurityKey, SecurityAlgorithms.EcdsaSha256);
        _parameters = new TokenValidationParameters
        {
            IssuerSigningKey = key.SecurityKey,
            ValidIssuer = Issuer,
            ValidAudience = Audience,
            ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256],
            RequireExpirationTime = true,
            RequireSignedTokens = true,
            // The library reads the wall clock; ours comes from the TimeProvider, and without leeway: one machine signs and checks.
            LifetimeValidator = (notBefore, expires, _, _) => IsNow(notBefore, expires),
        };
    }

    public IssuedToken Issue(SessionToken token)
    {
        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        var claims = new Dictionary<string, object>
        {
            [TokenClaims.Id] = id,
            [TokenClaims.Subject] = token.Identity,
            [TokenClaims.Session] = token.Session,
            [TokenClaims.Role] = RoleName(token.Role),
            [TokenClaims.Capabilities] = token.Capabilities.ToNames().ToArray(),
            [TokenClaims.AdHoc] = token.IsAdHoc,
        };
        if (token.DisplayName is not null)
            claims[TokenClaims.DisplayName] = token.DisplayName;
        if (token.RobotName is not null)
            claims[TokenClaims.Robot] = token.RobotName;

        var value = _handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Issuer,
            Audience = Audience,
            IssuedAt = _time.GetUtcNow().UtcDateTime,
            NotBefore = token.NotBefore.UtcDateTime,
            Expires = token.NotAfter.UtcDateTime,
            Claims = claims,
            SigningCredentials = _credentials,
        });
        return new IssuedToken(value, id);
    }

    public async ValueTask<TokenValidation> ValidateAsync(string? authorizationHeader, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(authorizationHeader))
            return TokenValidation.Bad("A bearer token is needed.");
        if (!authorizationHeader.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            return TokenValidation.Bad("The authorization header is not a bearer token.");
        var value = authorizationHeader[Scheme.Length..].Trim();
        if (value.Length is 0 or > MaxTokenLength)
            return TokenValidation.Bad("The bearer token is empty or too long.");

        if (_remembered.TryGetValue(value, out var remembered) && IsNow(remembered.NotBefore.UtcDateTime, remembered.NotAfter.UtcDateTime))
            return TokenValidation.Good(remembered);

        var result = await _handler.ValidateTokenAsync(value, _parameters);
        if (!result.IsValid)
            return TokenValidation.Bad(Explain(result.Exception));

        if (result.SecurityToken is not JsonWebToken token || !TryRead(token, out var read))
            return TokenValidation.Bad("The token is not one for a session.");
        if (_remembered.Count >= MaxRemembered)
            _remembered.Clear(); // rarer than a lesson, and only costs a check each
        _remembered[value] = read;
        return TokenValidation.Good(read);
    }

    private bool IsNow(DateTime? notBefore, DateTime? expires)
    {
        var now = _time.GetUtcNow().UtcDateTime;
        // JWT times are whole seconds and nbf is cut down, so a token is good from the moment that it is made.
        return expires is not null && now < expires && (notBefore is null || now >= notBefore);
    }

    private static bool TryRead(JsonWebToken token, out SessionToken read)
    {
        read = null!; // read only when true is returned
        if (!token.TryGetPayloadValue<string>(TokenClaims.Session, out var session) || !SessionId.TryParse(session, out _)
            || !token.TryGetPayloadValue<string>(TokenClaims.Role, out var roleName) || !TryParseRole(roleName, out var role)
            || !token.TryGetPayloadValue<string[]>(TokenClaims.Capabilities, out var names)
            || !CapabilitySet.TryParse(names, out var capabilities)
            || !token.TryGetPayloadValue<bool>(TokenClaims.AdHoc, out var isAdHoc)
            || string.IsNullOrEmpty(token.Subject))
        {
            return false;
        }

        token.TryGetPayloadValue<string>(TokenClaims.DisplayName, out var displayName);
        token.TryGetPayloadValue<string>(TokenClaims.Robot, out var robotName);
        read = new SessionToken(
            session, role, token.Subject, displayName, capabilities,
            new DateTimeOffset(token.ValidFrom, TimeSpan.Zero), new DateTimeOffset(token.ValidTo, TimeSpan.Zero), isAdHoc, robotName);
        return true;
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

    private static string RoleName(SessionRole role) => role switch
    {
        SessionRole.Robot => "robot",
        SessionRole.Pupil => "pupil",
        SessionRole.Observer => "observer",
        _ => throw new ArgumentOutOfRangeException(nameof(role)),
    };

    private static bool TryParseRole(string name, out SessionRole role)
    {
        (var known, role) = name switch
        {
            "robot" => (true, SessionRole.Robot),
            "pupil" => (true, SessionRole.Pupil),
            "observer" => (true, SessionRole.Observer),
            _ => (false, default),
        };
        return known;
    }
}
