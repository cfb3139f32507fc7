using AV1Relay.Domain.People;
using NodaTime;

namespace AV1Relay.Application.People;

/// <summary>Who wrote down for somebody that they had agreed, and when: it stands wherever the agreement is shown.</summary>
public sealed record WrittenDown(string By, Instant At)
{
    public override string ToString() => nameof(WrittenDown);

    public static WrittenDown? Of(Act? recorded, PeopleNamed names) => recorded is null ? null : new(names[recorded.Who], recorded.At);
}
