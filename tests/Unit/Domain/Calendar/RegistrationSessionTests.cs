using AV1Relay.Domain.Calendar;
using NodaTime;
using Xunit;
using static AV1Relay.Tests.Unit.Domain.Calendar.School;

namespace AV1Relay.Tests.Unit.Domain.Calendar;

public class RegistrationSessionTests
{
    private static readonly LocalTime HalfPastTwelve = new(12, 30);

    [Fact]
    public void A_school_day_is_a_morning_and_an_afternoon() => Assert.Equal(
        ["2026-05-01 AM", "2026-05-01 PM", "2026-05-05 AM", "2026-05-05 PM"],
        TheYear.RegistrationSessions(Dates(2026, 5, 1, 2026, 5, 5)).Select(session => session.ToString()));

    [Fact]
    public void A_closed_day_has_none() => Assert.Empty(TheYear.RegistrationSessions(Inset.Dates));

    [Theory]
    [InlineData(12, 29, RegistrationHalf.Morning)]
    [InlineData(12, 30, RegistrationHalf.Afternoon)]
    public void A_slot_belongs_to_the_half_in_which_it_starts(int hour, int minute, RegistrationHalf half) => Assert.Equal(
        new RegistrationSession(Date(2026, 3, 3), half), RegistrationSession.Of(Slot(Date(2026, 3, 3), hour, minute), HalfPastTwelve));
}
