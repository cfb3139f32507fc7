using AV1Relay.Domain.Plans;
using NodaTime;
using Xunit;

namespace AV1Relay.Tests.Unit.Domain.Plans;

public sealed class StepTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    public void It_is_expected_to_feel_like_0_to_10(int rating) => Assert.Equal(rating, Of(rating: rating).ExpectedRating);

    [Theory]
    [InlineData(-1)]
    [InlineData(11)]
    public void It_is_not_expected_to_feel_like_anything_else(int rating) => Assert.Throws<ArgumentException>(() => Of(rating: rating));

    [Fact]
    public void It_lasts_some_time() => Assert.Throws<ArgumentException>(() => Of(minutes: 0));

    [Fact]
    public void It_is_tried_at_least_once_in_a_week() => Assert.Throws<ArgumentException>(() => Of(perWeek: 0));

    private static Step Of(int rating = 3, int minutes = 20, int perWeek = 1)
        => new(default, "Art", rating, Duration.FromMinutes(minutes), perWeek, "School", "The key adult", robot: null);
}
