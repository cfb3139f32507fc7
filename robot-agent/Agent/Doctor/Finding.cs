namespace AV1Relay.RobotAgent.Doctor;

internal enum Grade
{
    Good,

    /// <summary>Worth knowing; nothing has to be done.</summary>
    Note,

    /// <summary>Somebody has to do what the words say.</summary>
    Bad,
}

/// <param name="Name">What was looked at.</param>
/// <param name="Grade">How it is.</param>
/// <param name="Words">What was seen, and what to do where it is bad.</param>
internal sealed record Finding(string Name, Grade Grade, string Words);
