using AV1Relay.Domain.People;
using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Safeguarding;
using AV1Relay.Domain.Sessions;
using NodaTime;
using Xunit;

namespace AV1Relay.Tests.Unit.Domain.Safeguarding;

public sealed class Rule10SafeguardingTests
{
    private static readonly ConcernRaised Raised = new(default, Instant.FromUtc(2026, 1, 14, 12, 0), new PersonId(Guid.Empty), null, null, new PlanId(Guid.Empty));

    [Fact]
    public void There_is_no_field_that_the_content_of_a_concern_could_be_put_into()
    {
        Type[] allowed = [typeof(ConcernId), typeof(Instant), typeof(PersonId?), typeof(PupilId?), typeof(SessionId), typeof(PlanId?)];

        Assert.All(typeof(ConcernRaised).GetProperties(), property => Assert.Contains(property.PropertyType, allowed));
    }

    [Fact]
    public void Raising_a_concern_hands_over_to_the_schools_own_system()
        => Assert.Equal("https://concerns.example/new", HandOver.Of(Raised, ConcernRoute.Create("https://concerns.example/new").Value).Target!.AbsoluteUri); // not null: there is a route

    [Fact]
    public void Raising_a_concern_hands_over_to_an_address()
        => Assert.Equal("mailto:safe@school.example", HandOver.Of(Raised, ConcernRoute.Create(" safe@school.example ").Value).Target!.AbsoluteUri); // not null: there is a route

    [Fact]
    public void Without_a_route_it_is_never_refused()
        => Assert.Contains("in person, now", HandOver.Of(Raised, null).Words, StringComparison.Ordinal);

    [Fact]
    public void A_pupil_is_told_in_words_for_pupils()
        => Assert.Contains("an adult whom you trust", HandOver.Of(new ConcernRaised(default, default, null, default(PupilId), null, null), null).Words, StringComparison.Ordinal);

    [Theory]
    [InlineData("https://concerns.example/new")]
    [InlineData("safe@school.example")]
    public void A_pupil_is_sent_to_an_adult_and_not_to_the_staffs_route(string route)
    {
        var handOver = HandOver.Of(new ConcernRaised(default, default, null, default(PupilId), null, null), ConcernRoute.Create(route).Value);

        Assert.StartsWith("Please tell an adult whom you trust, now.", handOver.Words, StringComparison.Ordinal);
        Assert.Null(handOver.Target);
    }

    [Theory]
    [InlineData("https://concerns.example/new?from=robot")]
    [InlineData("safe@school.example")]
    [InlineData("o'neil+safe_1@school.example")]
    public void A_route_is_rebuilt_from_what_was_kept(string typed)
    {
        var kept = ConcernRoute.Create(typed).Value.Target.AbsoluteUri;

        Assert.Equal(kept, ConcernRoute.Create(kept).Value.Target.AbsoluteUri);
    }

    [Theory]
    [InlineData("mailto:safe@school.example?body=hello")]
    [InlineData("mailto:mailto:safe@school.example")]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("concerns")]
    [InlineData("http://concerns.example")]
    [InlineData("javascript:alert(1)")]
    [InlineData("https://user:secret@concerns.example")]
    [InlineData("safe@school.example?body=hello")]
    [InlineData("a@b@school.example")]
    public void Other_routes_are_refused(string? route)
        => Assert.Equal("safeguarding.route-invalid", ConcernRoute.Create(route).Refusals[0].Code);

    [Fact]
    public void Somebody_raised_it()
        => Assert.Throws<ArgumentException>(() => new ConcernRaised(default, default, null, null, null, null));
}
