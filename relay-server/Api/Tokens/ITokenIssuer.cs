namespace AV1Relay.Api.Tokens;

/// <summary>Makes bearer tokens with the relay's own key.</summary>
public interface ITokenIssuer
{
    /// <summary>Signs a token, good from <see cref="SessionToken.NotBefore"/> until <see cref="SessionToken.NotAfter"/>.</summary>
    /// <returns>The compact form, and its id for the audit: the token itself is never logged or stored.</returns>
    IssuedToken Issue(SessionToken token);
}

/// <param name="Value">The bearer token: a secret.</param>
/// <param name="Id">Its <c>jti</c>, which may be logged.</param>
public readonly record struct IssuedToken(string Value, string Id);
