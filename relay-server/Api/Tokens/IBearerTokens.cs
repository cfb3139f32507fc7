namespace AV1Relay.Api.Tokens;

/// <summary>Tells whether a request carries a genuine token, and what it allows.</summary>
public interface IBearerTokens
{
    /// <summary>
    /// Looks at the whole header, <c>Bearer …</c>, or null when there was none. Never throws for what a caller sent.
    /// </summary>
    ValueTask<TokenValidation> ValidateAsync(string? authorizationHeader, CancellationToken cancellationToken);
}
