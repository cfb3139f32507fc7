using AV1Relay.Domain.People;
using AV1Relay.Domain.Refusals;
using NodaTime;
using Xunit;

namespace AV1Relay.Tests.Unit.Domain.People;

public sealed class SchoolCardTests
{
    private static readonly Act Office = new(default, Instant.FromUtc(2026, 9, 1, 8, 0));

    [Fact]
    public void A_school_has_its_own_clock() => Assert.Equal("Europe/London", Enter().Value.Zone().Id);

    [Theory]
    [InlineData(" ", "Europe/London", "school.name-missing")]
    [InlineData("A school", "Europe/Atlantis", "school.zone-unknown")]
    public void A_school_is_not_entered(string name, string zone, string code)
        => Assert.Equal([code], Enter(name, zone).Refusals.Select(refusal => refusal.Code));

    [Fact]
    public void A_school_is_not_rebuilt_without_a_name()
        => Assert.Throws<ArgumentException>(() => new SchoolCard(default, "", "Europe/London", new LocalTime(12, 30), null, Office));

    private static Outcome<SchoolCard> Enter(string name = "A school", string zone = "Europe/London")
        => SchoolCard.Enter(default, name, zone, new LocalTime(12, 30), null, Office);
}
