using AV1Relay.Api.Staff;
using Grpc.Core;
using NodaTime;
using Xunit;

namespace AV1Relay.Tests.Unit.Api.Staff;

public sealed class FieldsTests
{
    public static TheoryData<string, Action> Malformed => new()
    {
        { "an id that is none", () => Fields.Id("7", "field") },
        { "an id in braces", () => Fields.Id("{6c1f2f0e-6f0b-4f57-9f0a-1d2a3b4c5d6e}", "field") },
        { "the id of nothing", () => Fields.Id("00000000-0000-0000-0000-000000000000", "field") },
        { "a day that is not in its month", () => Fields.Date("2026-02-30", "field") },
        { "a date that arithmetic would overflow on", () => Fields.Date("9999-12-31", "field") },
        { "a date that is missing", () => Fields.Date("", "field") },
        { "a time of a 25th hour", () => Fields.Time("25:00", "field") },
        { "a time with seconds", () => Fields.Time("10:05:00", "field") },
        { "a moment that nobody gave", () => Fields.Moment(0, "field") },
        { "the last moment there is", () => Fields.Moment(long.MaxValue, "field") },
        { "a number that is too high", () => Fields.Number(11, "field", 0, 10) },
        { "a number that is too low", () => Fields.Number(-1, "field", 0, 10) },
        { "a version before the first", () => Fields.Version(0, "field") },
        { "text that is too long", () => Fields.Words(new string('a', StaffLimits.MaxWords + 1), "field") },
        { "text with a NUL, which a database may not take", () => Fields.Words("a\0b", "field") },
        { "words that are missing", () => Fields.Needed("  ", "field") },
        { "a message that is missing", () => Fields.Message<string>(null, "field") },
        { "a list that is too long", () => Fields.List(["a", "b"], "field", 1, (item, _) => item) },
        { "days that end before they begin", () => Fields.Days("2026-11-09", "from", "2026-11-08", "field", 31) },
        { "days that are too many", () => Fields.Days("2026-11-01", "from", "2026-12-02", "field", 31) },
    };

    [Theory]
    [MemberData(nameof(Malformed), DisableDiscoveryEnumeration = true)]
    public void What_is_malformed_is_named_with_what_is_expected(string what, Action read)
    {
        var refusal = Assert.Throws<RpcException>(read);

        Assert.True(refusal.StatusCode == StatusCode.InvalidArgument, what);
        Assert.StartsWith("field: ", refusal.Status.Detail, StringComparison.Ordinal);
        Assert.EndsWith(".", refusal.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_sent_is_not_repeated()
        => Assert.DoesNotContain("Sam Smith", Assert.Throws<RpcException>(() => Fields.Id("Sam Smith", "field")).Status.Detail, StringComparison.Ordinal);

    [Fact]
    public void An_item_of_a_list_is_named_by_its_place()
        => Assert.StartsWith(
            "who_came[1]:",
            Assert.Throws<RpcException>(() => Fields.List(["pupil", ""], "who_came", 9, (item, name) => Fields.Needed(item, name))).Status.Detail,
            StringComparison.Ordinal);

    [Fact]
    public void Days_may_be_as_many_as_are_allowed()
        => Assert.Equal(31, Fields.Days("2026-11-01", "from", "2026-12-01", "to", 31).Length);

    [Fact]
    public void A_date_and_a_time_are_read()
        => Assert.Equal(new LocalDateTime(2026, 11, 9, 10, 5), Fields.Date("2026-11-09", "date") + Fields.Time("10:05", "start"));
}
