namespace AV1Relay.Domain.People;

/// <summary>How carefully a fact about a person is kept (UK GDPR).</summary>
public enum DataCategory
{
    Personal,

    /// <summary>Health and the like (art. 9); plan notes and ratings are treated so (domain rule 13).</summary>
    SpecialCategory,
}
