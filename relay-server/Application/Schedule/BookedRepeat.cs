using System.Collections.Immutable;
using AV1Relay.Domain.Booking;

namespace AV1Relay.Application.Schedule;

/// <summary>One answer a time asked for, in their order.</summary>
public sealed record BookedRepeat(ImmutableArray<RepeatedBooking> Answers);
