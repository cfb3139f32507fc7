using AV1Relay.Domain.Booking;
using Xunit;
using static AV1Relay.Tests.Unit.Domain.Booking.Bookable;

namespace AV1Relay.Tests.Unit.Domain.Booking;

/// <summary>Rule 10: no media is stored, and the receipt says so.</summary>
public sealed class Rule10NothingIsKeptTests
{
    [Fact]
    public void A_receipt_says_that_nothing_was_stored() => Assert.Equal(0, SessionReceipt.For(In(SessionState.Ended)).Value.BytesOfMediaStored);

    [Fact]
    public void Nothing_of_a_session_can_hold_media() =>
        Assert.DoesNotContain(typeof(ScheduledSession).Assembly.GetTypes().Where(type => type.Namespace == typeof(ScheduledSession).Namespace), HoldsMedia);

    /// <summary>Or else the test above could not fail.</summary>
    [Fact]
    public void What_held_media_would_be_found() => Assert.True(HoldsMedia(typeof(Recording)));

    private static bool HoldsMedia(Type type) => type.GetProperties().Any(property =>
        property.PropertyType == typeof(byte[])
        || property.PropertyType.GetGenericArguments().Contains(typeof(byte))
        || typeof(Stream).IsAssignableFrom(property.PropertyType));

    private sealed record Recording(ReadOnlyMemory<byte> Sound);
}
