namespace AV1Relay.Api.Tokens;

/// <summary>Names of the claims in a session token.</summary>
internal static class TokenClaims
{
    internal const string Id = "jti";
    internal const string Subject = "sub";
    internal const string Session = "session";
    internal const string Role = "role";
    internal const string Capabilities = "capabilities";
    internal const string AdHoc = "adhoc";
    internal const string DisplayName = "name";
    internal const string Robot = "robot";
}
