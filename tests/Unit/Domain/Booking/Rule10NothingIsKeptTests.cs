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
    public void Nothing_can_make_it_say_anything_else() =>
        Assert.False(typeof(SessionReceipt).GetProperty(nameof(SessionReceipt.BytesOfMediaStored))!.CanWrite);
}
