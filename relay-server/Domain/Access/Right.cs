namespace AV1Relay.Domain.Access;

/// <summary>A role's cell in <see cref="AccessTable"/>.</summary>
/// <param name="Role">Whose.</param>
/// <param name="LeftOut">What it does not show.</param>
/// <param name="Needs">The mandate without which the role alone is not enough.</param>
/// <param name="InOwnSessionsOnly">Of a school's sessions it reaches the person's own: see <see cref="AccessSubject.Own"/>.</param>
public sealed record Right(
    Role Role, LeftOut LeftOut = LeftOut.Nothing, Mandate Needs = Mandate.None, bool InOwnSessionsOnly = false)
{
    internal bool IsGivenBy(Assignment assignment) => assignment.Role == Role && (Needs is Mandate.None || assignment.Mandate == Needs);

    /// <summary>A room link is for whatever happens there on its day; who has a role at the whole school, for what is their own.</summary>
    internal bool Reaches(Assignment assignment, AccessSubject subject) =>
        !InOwnSessionsOnly || assignment.Scope is AccessScope.RoomOnDay || subject.Own.Contains(assignment.Who);

    /// <summary>What this assignment's holder does not see: the mandate to read confidential parts brings those back.</summary>
    internal LeftOut LeftOutFor(Assignment assignment) =>
        assignment.Mandate is Mandate.ReadsConfidentialParts ? LeftOut & ~LeftOut.ConfidentialParts : LeftOut;

    internal Right Without(LeftOut leftOut) => this with { LeftOut = leftOut };

    internal Right InOwnSessions() => this with { InOwnSessionsOnly = true };

    internal Right With(Mandate mandate) => this with { Needs = mandate };
}
