namespace AV1Relay.Domain.People;

/// <summary>Something that everybody round a pupil needs to know: "reads lips", "sits near the door".</summary>
/// <param name="Words">In a sentence.</param>
/// <param name="Category">Special category unless somebody has said otherwise: most such facts touch on health.</param>
/// <param name="IsConfidential">Left out for parents and external professionals, as a plan's confidential parts are.</param>
public sealed record KeyFact(PersonalText Words, DataCategory Category = DataCategory.SpecialCategory, bool IsConfidential = false)
{
    public override string ToString() => Category is DataCategory.SpecialCategory ? "(key fact, special category)" : "(key fact)";
}
