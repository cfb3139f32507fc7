using System.Collections.Immutable;

namespace AV1Relay.Domain.Access;

/// <summary>Who may do one operation.</summary>
/// <param name="Operation">Which one.</param>
/// <param name="Reach">What it is about.</param>
/// <param name="Rights">Who may; nobody else. One right a role.</param>
public sealed record AccessRow(Operation Operation, Reach Reach, ImmutableArray<Right> Rights)
{
    /// <summary>What an assignment gives by its role and mandate, wherever it reaches and whenever; null: nothing.</summary>
    internal Right? RightOf(Assignment assignment) => Rights.FirstOrDefault(right => right.IsGivenBy(assignment));
}
