using AV1Relay.Domain.Agreements;
using AV1Relay.Domain.People;

namespace AV1Relay.Application.Arrangements;

/// <summary>Which of the parents' words somebody is shown: staff all of them, a parent their own and never another parent's.</summary>
/// <remarks>
/// What stands in the terms and in reviews was written down for "the parents", without who said what. A parent reads it only while nobody else is, or was
/// entered as, a parent of this pupil.
/// </remarks>
internal sealed record ParentsWordsShown
{
    private readonly PersonId? _parent;

    private ParentsWordsShown(PersonId? parent, bool withNobodys) => (_parent, WithNobodys) = (parent, withNobodys);

    public static ParentsWordsShown All { get; } = new(null, withNobodys: true);

    /// <summary>Also those of which it isn't noted whose they are.</summary>
    public bool WithNobodys { get; }

    /// <param name="parents">Everybody who is or was a parent of the pupil.</param>
    public static ParentsWordsShown To(PersonId parent, IEnumerable<PersonId> parents) => new(parent, parents.All(other => other == parent));

    /// <summary>The agreement as they read it: that it was given stays, with when and how.</summary>
    public Agreement? Of(Agreement? agreement) =>
        agreement is null || _parent is null || string.Equals(agreement.Who, _parent.ToString(), StringComparison.OrdinalIgnoreCase) ? agreement : agreement with { Words = "" };
}
