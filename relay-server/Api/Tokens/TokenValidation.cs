namespace AV1Relay.Api.Tokens;

/// <summary>The outcome of looking at an <c>Authorization</c> header.</summary>
/// <param name="Token">What the token says; null when it is not good.</param>
/// <param name="Problem">Why not, in words that may be shown to the caller; null when it is good.</param>
public readonly record struct TokenValidation(SessionToken? Token, string? Problem)
{
    public static TokenValidation Good(SessionToken token) => new(token, null);

    public static TokenValidation Bad(string problem) => new(null, problem);
}
