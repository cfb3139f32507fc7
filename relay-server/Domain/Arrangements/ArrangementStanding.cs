namespace AV1Relay.Domain.Arrangements;

/// <summary>How a reduced timetable stands on a day.</summary>
public enum ArrangementStanding
{
    Draft,

    /// <summary>Activated; its first day is still to come.</summary>
    Agreed,

    InForce,

    /// <summary>Its end date has passed. It is not in force, whether or not somebody has noticed.</summary>
    Lapsed,

    /// <summary>People ended it before its end date.</summary>
    Ended,
}
