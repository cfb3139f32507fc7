namespace AV1Relay.Domain.Access;

/// <summary>What one assignment adds to its role. Given on purpose, never by default.</summary>
/// <remarks>Stored by name.</remarks>
public enum Mandate
{
    None,

    /// <summary>
    /// The school's proprietor has authorised this SENDCo or lead to agree to reduced timetables (SI 2024/208 reg. 11(6)): the role alone doesn't.
    /// </summary>
    AgreesToReducedTimetables,

    /// <summary>This external professional may read the plan's confidential parts too.</summary>
    ReadsConfidentialParts,
}
