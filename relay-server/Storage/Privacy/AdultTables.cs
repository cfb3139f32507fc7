using System.Collections.Immutable;

namespace AV1Relay.Storage.Privacy;

/// <summary>What is kept on adults.</summary>
internal static class AdultTables
{
    public static AssignmentTable Assignments { get; } = new();

    public static PersonCardTable PersonCards { get; } = new();

    /// <summary>In the order of deletion: a card is needed as long as there is a role.</summary>
    public static ImmutableArray<RecordTable> All { get; } = [Assignments, PersonCards];
}
