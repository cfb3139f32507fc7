using AV1Relay.Domain.Booking;
using AV1Relay.Domain.Sessions;
using Xunit;
using static AV1Relay.Tests.Unit.Domain.Booking.Bookable;

namespace AV1Relay.Tests.Unit.Domain.Booking;

/// <summary>Rule 4: remote is not attendance, so every session records where the pupil is.</summary>
public sealed class Rule04LocationTests
{
    [Fact]
    public void A_booking_that_does_not_say_where_the_pupil_is_is_refused() =>
        Assert.Equal(["booking.location-missing"], Bookings.Check(Request() with { Location = null }, Board()).Codes());

    [Theory]
    [InlineData(PupilLocation.Home)]
    [InlineData(PupilLocation.SchoolSite)]
    [InlineData(PupilLocation.OtherPlace)]
    public void A_session_keeps_where_the_pupil_is(PupilLocation location) =>
        Assert.Equal(location, Bookings.Check(Request() with { Location = location }, Board()).Value.Booked.Location);

    [Fact]
    public void A_session_can_not_be_made_without_it() => Assert.Throws<ArgumentException>(() => Use() with { Location = default });
}
