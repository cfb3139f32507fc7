using System.Collections.Immutable;
using NodaTime;

namespace AV1Relay.Application.Schedule;

/// <summary>A school's sessions of today, as somebody may see them.</summary>
/// <param name="Entries">By time.</param>
public sealed record ReadDay(LocalDate Date, ImmutableArray<ReadDayEntry> Entries)
{
    public override string ToString() => nameof(ReadDay);
}

/// <param name="Room">As the school calls it.</param>
/// <param name="IsTheirs">They look after it: a link to it as it is at this moment leads somewhere.</param>
public sealed record ReadDayEntry(ReadSession Read, string Room, bool IsTheirs)
{
    public override string ToString() => nameof(ReadDayEntry);
}
