using AV1Relay.Domain.Booking;
using Xunit;
using static AV1Relay.Tests.Unit.Domain.Booking.Bookable;

namespace AV1Relay.Tests.Unit.Domain.Booking;

/// <summary>Rule 7: a plan long overdue can't book new robot sessions until it is reviewed.</summary>
public sealed class Rule07OverdueReviewTests
{
    private static readonly BookingBoard LongOverdue = Board() with { Plan = Facts() with { ReviewLongOverdueFrom = Monday } };

    [Fact]
    public void A_plan_long_overdue_books_no_new_session() => Assert.Equal(["booking.review-overdue"], Bookings.Check(Request(), LongOverdue).Codes());

    [Fact]
    public void Its_sessions_are_not_moved_either()
    {
        var session = Booked();

        var moved = Bookings.Move(session, BookingRequest.ForMoving(session, By(At(9, 0))), LongOverdue);

        Assert.Equal(["booking.review-overdue"], moved.Codes());
    }
}
