using AV1Relay.Domain.Sessions;
using Microsoft.IdentityModel.JsonWebTokens;

namespace AV1Relay.Api.Tokens;

/// <summary>Tokens to look at the relay's inside with: never into a session, nor a session's token for this.</summary>
/// <remarks>An audience of its own keeps the two apart. They stand in for staff's identities: docs/decisions/0015-who-sees-inside.md.</remarks>
public sealed class TechnicianTokens(TokenKey key, TimeProvider time)
{
    /// <summary>A token can't be taken back: a leaked one is soon worth nothing.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(8);

    internal const string Audience = "av1relay-technician";
    private readonly SignedTokens _signed = new(key, time, Audience);

    /// <exception cref="ArgumentOutOfRangeException">Longer than <see cref="Longest"/>.</exception>
    public IssuedToken Issue(TechnicianToken token)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(token.NotAfter - token.NotBefore, Longest, nameof(token));
        var claims = new Dictionary<string, object> { [TokenClaims.Subject] = "technician" };
        if (token.Session is not null)
            claims[TokenClaims.Session] = token.Session;
        return _signed.Issue(claims, token.NotBefore, token.NotAfter);
    }

    /// <returns>What the token allows, or in words why it is not good. Never throws for what a caller sent.</returns>
    public async ValueTask<(TechnicianToken? Token, string Problem)> ValidateAsync(string? authorizationHeader)
    {
        if (!SignedTokens.TryReadBearer(authorizationHeader, out var value, out var missing))
            return (null, missing);
        var (token, problem) = await _signed.ValidateAsync(value);
        if (token is null)
            return (null, problem);
        return TryReadSession(token, out var session)
            ? (new TechnicianToken(session, new DateTimeOffset(token.ValidFrom, TimeSpan.Zero), new DateTimeOffset(token.ValidTo, TimeSpan.Zero)), "")
            : (null, "The token names no session that there can be.");
    }

    /// <summary>Without the claim: all of them. With one that is not a session's: none.</summary>
    private static bool TryReadSession(JsonWebToken token, out string? session)
    {
        session = null;
        if (!token.TryGetPayloadValue<object>(TokenClaims.Session, out var claim))
            return true;
        session = claim as string;
        return SessionId.TryParse(session, out _);
    }
}

/// <summary>What a technician may look at, and when.</summary>
/// <param name="Session">This session alone; null: each of them, and the relay's metrics.</param>
public sealed record TechnicianToken(string? Session, DateTimeOffset NotBefore, DateTimeOffset NotAfter);
