using AV1Relay.Domain.Booking;
using NodaTime;
using Xunit;
using static AV1Relay.Tests.Unit.Domain.Booking.Bookable;

namespace AV1Relay.Tests.Unit.Domain.Booking;

public sealed class SessionReceiptTests
{
    private static readonly SessionReceipt Receipt = SessionReceipt.For(
        In(SessionState.Live).Pause(PauseReason.Curtain, At(10, 10)).Value.Join("tablet-2", At(10, 20)).Value.Join("tablet-1", At(10, 21)).Value
            .Leave(At(10, 25), Rules).Value).Value;

    [Fact]
    public void It_says_when() => Assert.Equal((At(10, 6), At(10, 25)), (Receipt.LiveFrom, Receipt.LiveUntil));

    [Fact]
    public void It_says_who() => Assert.Equal((Pupil, Carrier, KeyAdult), (Receipt.Pupil, Receipt.Carrier, Receipt.PlacedBy));

    [Fact]
    public void It_names_each_device_once()
    {
        Assert.Equal("robot-a", Receipt.RobotName);
        Assert.Equal(["tablet-1", "tablet-2"], Receipt.PupilDevices);
    }

    [Fact]
    public void It_says_when_there_were_pauses() => Assert.Equal([new Interval(At(10, 10), At(10, 25))], Receipt.Pauses);

    [Fact]
    public void It_says_neither_how_it_ended_nor_why_it_paused()
    {
        var types = typeof(SessionReceipt).GetProperties().SelectMany(property => property.PropertyType.GetGenericArguments().Append(property.PropertyType));

        Assert.Empty(types.Intersect([typeof(EndedBy), typeof(SessionEnd), typeof(Pause), typeof(PauseReason)]));
    }

    [Theory]
    [InlineData(SessionState.Ready)]
    [InlineData(SessionState.Live)]
    [InlineData(SessionState.Missed)]
    public void There_is_none_of_what_has_not_ended(SessionState state) =>
        Assert.Equal(["session.not-ended"], SessionReceipt.For(In(state)).Codes());
}
