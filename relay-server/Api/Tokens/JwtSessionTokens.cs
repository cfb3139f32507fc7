using System.Collections.Concurrent;
using AV1Relay.Domain.Sessions;
using Microsoft.IdentityModel.JsonWebTokens;

namespace AV1Relay.Api.Tokens;

/// <summary>Bearer tokens as JWT (RFC 7519) signed with ES256 (RFC 7518 §3.4), for this relay alone.</summary>
public sealed class JwtSessionTokens : IBearerTokens, ITokenIssuer
{
    internal const string Audience = "av1relay-session";
    private const int MaxRemembered = 4_096;

    // Good tokens, so that a pupil's fifty commands a second cost one signature check and not fifty. Only time can undo one.
    private readonly ConcurrentDictionary<string, SessionToken> _remembered = [];
    private readonly SignedTokens _signed;

    public JwtSessionTokens(TokenKey key, TimeProvider time) => _signed = new SignedTokens(key, time, Audience);

    public IssuedToken Issue(SessionToken token)
    {
        var claims = new Dictionary<string, object>
        {
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

        return _signed.Issue(claims, token.NotBefore, token.NotAfter);
    }

    public async ValueTask<TokenValidation> ValidateAsync(string? authorizationHeader, CancellationToken cancellationToken)
    {
        if (!SignedTokens.TryReadBearer(authorizationHeader, out var value, out var missing))
            return TokenValidation.Bad(missing);

        if (_remembered.TryGetValue(value, out var remembered) && _signed.IsNow(remembered.NotBefore.UtcDateTime, remembered.NotAfter.UtcDateTime))
            return TokenValidation.Good(remembered);

        var (token, problem) = await _signed.ValidateAsync(value);
        if (token is null)
            return TokenValidation.Bad(problem);
        if (!TryRead(token, out var read))
            return TokenValidation.Bad("The token is not one for a session.");
        if (_remembered.Count >= MaxRemembered)
            _remembered.Clear(); // rarer than a lesson, and only costs a check each
        _remembered[value] = read;
        return TokenValidation.Good(read);
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
