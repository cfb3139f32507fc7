namespace AV1Relay.Api.Tokens;

/// <summary>What the bearer of a token is in the session.</summary>
public enum SessionRole
{
    Robot,
    Pupil,

    /// <summary>Announced to pupil and class; sees and hears, never speaks or controls.</summary>
    Observer,
}
