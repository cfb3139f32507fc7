using System.Collections.Immutable;
using AV1Relay.Domain.Refusals;

namespace AV1Relay.Domain.Calendar;

/// <summary>What a repeat comes to in one school's calendar.</summary>
/// <param name="Slots">On school days, in order.</param>
/// <param name="LeftOut">On days that are closed, or of which nobody says whether they are in week A or B; in order.</param>
/// <param name="Missing">How many of the times that were asked for find no day before the calendar or the repeat's longest time ends.</param>
public sealed record RepeatedSlots(ImmutableArray<LocalSlot> Slots, ImmutableArray<LeftOutSlot> LeftOut, int Missing);

/// <param name="Why">The reason, and what to do.</param>
public sealed record LeftOutSlot(LocalSlot Slot, Refusal Why);
