using System.Collections.Frozen;
using AV1Relay.Domain.Access;

namespace AV1Relay.Domain.Audit;

/// <summary>Of which kind a slug is, by everything that is recorded under a name.</summary>
public static class AuditKinds
{
    private static readonly FrozenDictionary<string, AuditSlug> BySlug = AccessTable.Rows.Select(row => AuditedOperations.Find(row.Operation)).OfType<AuditSlug>()
        .Concat(AuditSlugs.All).DistinctBy(slug => slug.Value).ToFrozenDictionary(slug => slug.Value);

    /// <summary>Null: an entry of the relay's own, or of an earlier version, that no kind is told of.</summary>
    public static AuditSlug? Find(string slug) => BySlug.GetValueOrDefault(slug);

    /// <summary>As a file calls it.</summary>
    public static string NameOf(AuditKind kind) => kind switch
    {
        AuditKind.Look => "look",
        AuditKind.Change => "change",
        AuditKind.Booking => "booking",
        AuditKind.Join => "join",
        AuditKind.Refusal => "refusal",
        AuditKind.Pause => "pause",
        AuditKind.End => "end",
        AuditKind.Enrolment => "enrolment",
        _ => "change of rights",
    };

    public static IReadOnlyList<string> Of(AuditKind kind) => [.. BySlug.Values.Where(slug => slug.Kind == kind).Select(slug => slug.Value).Order(StringComparer.Ordinal)];
}
