using AV1Relay.Domain.People;

namespace AV1Relay.Api.Tokens;

/// <summary>Tokens with which another system acts for one person, at the staff's services alone.</summary>
/// <remarks>A token says who, never what they may: that is asked anew with each call, so whoever loses a role loses it at once.</remarks>
public sealed class PersonTokens(TokenKey key, TimeProvider time)
{
    /// <summary>A token can't be taken back; a school day's work fits, and a leaked one is worth nothing tomorrow.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(24);

    internal const string Audience = "av1relay-staff";
    private readonly SignedTokens _signed = new(key, time, Audience);

    /// <exception cref="ArgumentOutOfRangeException">Longer than <see cref="Longest"/>.</exception>
    public IssuedToken Issue(PersonId person, DateTimeOffset notBefore, DateTimeOffset notAfter)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(notAfter - notBefore, Longest, nameof(notAfter));
        return _signed.Issue(new Dictionary<string, object> { [TokenClaims.Subject] = person.ToString() }, notBefore, notAfter);
    }

    /// <returns>For whom the token stands, or in words why it is not good. Never throws for what a caller sent.</returns>
    public async ValueTask<(PersonId? Person, string Problem)> ValidateAsync(string? authorizationHeader)
    {
        if (!SignedTokens.TryReadBearer(authorizationHeader, out var value, out var missing))
            return (null, missing);
        var (token, problem) = await _signed.ValidateAsync(value);
        if (token is null)
            return (null, problem);
        return Guid.TryParseExact(token.Subject, "D", out var person) ? (new PersonId(person), "") : (null, "The token stands for nobody.");
    }
}
