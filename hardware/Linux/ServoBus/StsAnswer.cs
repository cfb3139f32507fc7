namespace AV1Relay.Hardware.Linux.ServoBus;

/// <summary>How an exchange with a servo ended.</summary>
/// <param name="Outcome">Whether it answered.</param>
/// <param name="Errors">What it complains of; none when it did not answer.</param>
internal readonly record struct StsAnswer(StsOutcome Outcome, StsErrors Errors);

internal enum StsOutcome
{
    Answered,

    /// <summary>Nothing came but perhaps our own echo.</summary>
    Silent,

    /// <summary>Bytes came that were no answer.</summary>
    Noisy,
}
