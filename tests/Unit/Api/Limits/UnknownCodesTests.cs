using AV1Relay.Api.Clock;
using AV1Relay.Api.Limits;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace AV1Relay.Tests.Unit.Api.Limits;

public sealed class UnknownCodesTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly UnknownCodes _codes;

    public UnknownCodesTests() => _codes = new(new RelayClock(_time));

    [Fact]
    public void As_many_as_pupils_mistype_are_not_too_many()
    {
        for (var code = 0; code < UnknownCodes.Burst; code++) Assert.False(_codes.IsOneTooMany(out _));
    }

    [Fact]
    public void Too_many_are_news_once_a_minute()
    {
        for (var code = 0; code < UnknownCodes.Burst; code++) _codes.IsOneTooMany(out _);

        Assert.True(_codes.IsOneTooMany(out var isNews) && isNews);
        Assert.True(_codes.IsOneTooMany(out isNews) && !isNews);
        _time.Advance(TimeSpan.FromMinutes(1));
        for (var code = 0; code < UnknownCodes.Burst; code++) _codes.IsOneTooMany(out _);
        Assert.True(_codes.IsOneTooMany(out isNews) && isNews);
    }

    [Fact]
    public void After_a_rest_it_is_as_it_was()
    {
        for (var code = 0; code <= UnknownCodes.Burst; code++) _codes.IsOneTooMany(out _);

        _time.Advance(TimeSpan.FromMinutes(2));

        Assert.False(_codes.IsOneTooMany(out _));
    }
}
