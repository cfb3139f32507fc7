using AV1Relay.Application.People;
using AV1Relay.Domain.Agreements;
using AV1Relay.Domain.Booking;
using AV1Relay.Domain.People;
using NodaTime;

namespace AV1Relay.Application.Schedule;

/// <summary>What the pupil or a parent answered to a session, as somebody may read it.</summary>
/// <param name="Words">Empty where they said none, and where they were not said to this person.</param>
/// <param name="WrittenDown">Null: they answered for themselves, here.</param>
public sealed record ReadAnswer(AgreementCapacity Capacity, bool IsYes, Instant At, AgreementManner Manner, string Words, WrittenDown? WrittenDown)
{
    public override string ToString() => nameof(ReadAnswer);

    /// <param name="reader">Reads their own words whatever else they may.</param>
    /// <param name="hearsAll">They read what the others said with their answers: parents wrote it to those who look after sessions, not to each other.</param>
    internal static IEnumerable<ReadAnswer> Of(SessionHistory history, PersonId reader, bool hearsAll, PeopleNamed names)
    {
        foreach (var yes in history.Agreements)
            yield return new(yes.Capacity, IsYes: true, yes.At, yes.Manner, Words(yes.Who, yes.Words), WrittenDown.Of(yes.Recorded, names));
        if (NoIn(history) is { } no)
            yield return new(no.Capacity, IsYes: false, no.At, no.Manner, Words(no.Who, no.Words), WrittenDown.Of(no.Recorded, names));

        string Words(string who, string words) => hearsAll || string.Equals(who, reader.ToString(), StringComparison.OrdinalIgnoreCase) ? words : "";
    }

    internal static IEnumerable<PersonId> Writers(SessionHistory history) =>
        history.Agreements.Select(yes => yes.Recorded).Append(NoIn(history)?.Recorded).OfType<Act>().Select(act => act.Who);

    /// <summary>A parent's no to what was live already is how it ended.</summary>
    private static SaidNo? NoIn(SessionHistory history) => history.Declined ?? (history.End?.By as EndedBy.Parent)?.No;
}
