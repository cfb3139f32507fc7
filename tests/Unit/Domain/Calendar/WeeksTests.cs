using AV1Relay.Domain.Calendar;
using Xunit;
using static AV1Relay.Tests.Unit.Domain.Calendar.School;

namespace AV1Relay.Tests.Unit.Domain.Calendar;

public class WeeksTests
{
    [Theory]
    [InlineData(2, 2)]
    [InlineData(3, 2)]
    [InlineData(8, 2)]
    [InlineData(9, 9)]
    public void A_week_runs_from_monday_to_sunday(int dayOfMarch, int monday) =>
        Assert.Equal(Date(2026, 3, monday), Weeks.MondayOf(Date(2026, 3, dayOfMarch)));
}
