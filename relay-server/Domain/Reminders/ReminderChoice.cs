namespace AV1Relay.Domain.Reminders;

/// <summary>What somebody wants to be reminded of by e-mail. Nobody is reminded of anything until they have asked for it.</summary>
/// <param name="Sessions">Their sessions with the robot, on the evening of the school day before.</param>
/// <param name="Needs">How many things need them, or wait for their answer.</param>
public sealed record ReminderChoice(bool Sessions, HowOften Needs)
{
    public bool IsAnything => Sessions || Needs != HowOften.Never;
}

public enum HowOften
{
    Never,

    /// <summary>Before the first school day of a week.</summary>
    Weekly,

    /// <summary>Before each school day.</summary>
    Daily,
}
