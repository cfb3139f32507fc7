using AV1Relay.Domain.Refusals;

namespace AV1Relay.Domain.Records;

/// <summary>Why what was written is not kept.</summary>
public static class RecordRefusals
{
    /// <summary>Two people changed the same: the second sees the first one's change before anything of theirs goes over it.</summary>
    public static Refusal ChangedMeanwhile { get; } = new(
        "records.changed-meanwhile",
        "Somebody else has changed this since you opened it.",
        "Look at it as it is now, and make your change again if it is still wanted. Nothing of theirs was lost.");
}
