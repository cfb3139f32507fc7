using AV1Relay.Domain.Access;

namespace AV1Relay.Domain.Audit;

/// <summary>What of the audit is shown to somebody whose permission leaves something out.</summary>
public static class AuditReading
{
    private const string Safeguarding = "safeguarding.";

    /// <summary>What is never shown to them, not even that it happened (domain rule 10).</summary>
    public static IReadOnlyCollection<string> Hidden(Permission permission)
    {
        ArgumentNullException.ThrowIfNull(permission);
        return permission.LeavesOut(LeftOut.Concerns)
            ? [.. Enum.GetValues<AuditKind>().SelectMany(AuditKinds.Of).Where(slug => slug.StartsWith(Safeguarding, StringComparison.Ordinal))]
            : [];
    }

    /// <summary>Old and new values, and why. Null: they are of a pupil's records, which this person does not read.</summary>
    public static AuditDetail? DetailOf(AuditEntry entry, Permission permission)
    {
        ArgumentNullException.ThrowIfNull(entry);
        ArgumentNullException.ThrowIfNull(permission);
        var isOfPupilsRecords = AuditKinds.Find(entry.What) is { WhyStaysWithRecord: true };
        return isOfPupilsRecords && permission.LeavesOut(LeftOut.PlanContents) ? null : AuditDetail.Read(entry.Detail);
    }
}
