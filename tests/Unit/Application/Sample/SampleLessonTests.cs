using AV1Relay.Application.Sample;
using AV1Relay.Domain.Booking;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Records;
using AV1Relay.Domain.Sessions;
using AV1Relay.Tests.Unit.Storage;
using Microsoft.Extensions.Time.Testing;
using NodaTime;
using Xunit;

namespace AV1Relay.Tests.Unit.Application.Sample;

public sealed class SampleLessonTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("2026-11-24T10:15:00Z")] // a Tuesday, in a lesson
    [InlineData("2026-11-28T23:40:00Z")] // a Saturday, and over midnight
    [InlineData("2026-08-05T12:00:00Z")] // in the holidays
    public async Task A_lesson_begins_whenever_somebody_wishes_to_see_it(string now)
    {
        var time = new FakeTimeProvider(DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture));
        await using var storage = await SeededAsync(time);
        var (lesson, school) = (new SampleLesson(storage.Get<IRecords>(), time), SchoolAt(time));

        var begun = (await lesson.BeginAsync(school, "robot-1", isPlaced: true, Cancellation)).Value;

        var at = Instant.FromDateTimeOffset(time.GetUtcNow());
        Assert.Equal(SessionState.Ready, begun.State);
        Assert.True(begun.Booked.Capabilities.Has(Capability.Speak | Capability.LookAround | Capability.LightsAndHand | Capability.See | Capability.Hear));
        Assert.True(begun.Window.Start <= at && at < begun.Window.End);
        Assert.True(begun.Join("tablet-1", at).TryGet(out _, out _));
        await using var work = await storage.Get<IRecords>().BeginAsync(default, at, [], Cancellation);
        var plan = (await work.Plans.FindAsync(begun.Booked.Plan, Cancellation))!.Value;
        Assert.Equal(plan.Ladder.CurrentId, begun.Booked.Step);
        Assert.Equal(begun.Id, (await lesson.BeginAsync(school, "robot-1", isPlaced: true, Cancellation)).Value.Id); // it goes on
    }

    [Fact]
    public async Task Nothing_begins_where_nothing_was_invented()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 11, 24, 10, 0, 0, TimeSpan.Zero));
        await using var storage = await TemporaryRelayStorage.CreateAsync(TestDatabase.Sqlite);

        Assert.Equal(["sample.none"], (await new SampleLesson(storage.Get<IRecords>(), time).BeginAsync(SchoolAt(time), "robot-1", isPlaced: true, Cancellation)).Codes());
    }

    private static CountyGenerator CountyAt(FakeTimeProvider time) => new(1, SampleSize.Authority, Instant.FromDateTimeOffset(time.GetUtcNow()));

    private static SchoolId SchoolAt(FakeTimeProvider time) => CountyAt(time).Schools().First().Card.Id;

    private static async Task<TemporaryRelayStorage> SeededAsync(FakeTimeProvider time)
    {
        var storage = await TemporaryRelayStorage.CreateAsync(TestDatabase.Sqlite);
        await new CountySeeder(storage.Get<IRecords>(), time).SeedAsync(CountyAt(time), "test", null, Cancellation);
        return storage;
    }
}
