namespace AV1Relay.Api.SessionControl;

/// <summary>What becomes of one command of the pupil.</summary>
internal enum CommandVerdict
{
    Accepted,

    /// <summary>Too many a second.</summary>
    TooFast,

    /// <summary>Nothing asked for, or a value outside its range.</summary>
    Malformed,

    /// <summary>The session's step doesn't include it.</summary>
    OutsideStep,

    /// <summary>Another device of the pupil's is in control.</summary>
    SomebodyElse,

    /// <summary>Older than 500 ms, or from the future: dropped and counted, no error.</summary>
    Stale,

    /// <summary>Not newer than one before it: dropped and counted, no error.</summary>
    OutOfOrder,
}
