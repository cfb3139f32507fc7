namespace AV1Relay.Domain.Access;

/// <summary>What a permitted look does not show. The caller leaves it out before anything is sent.</summary>
[Flags]
public enum LeftOut
{
    Nothing = 0,

    /// <summary>Sections, reviews and notes that are marked confidential.</summary>
    ConfidentialParts = 1 << 0,

    /// <summary>Goal, steps, ratings and notes; a step's capabilities stay.</summary>
    PlanContents = 1 << 1,

    /// <summary>Anything that says which pupil it is; of a person's own pupils they see more by asking for their session.</summary>
    Pupils = 1 << 2,

    /// <summary>That safeguarding concerns were raised, and by whom (domain rule 10: the school's own system holds them).</summary>
    Concerns = 1 << 3,
}
