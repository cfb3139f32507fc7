namespace AV1Relay.RelayServer.Doctor;

/// <summary>The outcome of one check.</summary>
/// <param name="Name">What was looked at.</param>
/// <param name="Grade">How it is.</param>
/// <param name="Words">What was found and, unless it is good, what to do.</param>
internal sealed record Finding(string Name, Grade Grade, string Words);

internal enum Grade
{
    Good,

    /// <summary>Works, but somebody should know.</summary>
    Note,

    /// <summary>Does not work.</summary>
    Bad,
}
