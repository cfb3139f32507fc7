using System.Collections.Immutable;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Plans;
using Grpc.Core;
using NodaTime;
using NodaTime.Text;

namespace AV1Relay.Api.Staff;

/// <summary>Reads one field of a request. What is malformed is answered with its name and what is expected there; what was sent is not repeated.</summary>
internal static class Fields
{
    // Dates and times far outside what anybody plans only serve to make arithmetic overflow.
    private const int FirstYear = 2000;
    private const int LastYear = 2199;
    private static readonly long FirstUnixMs = Instant.FromUtc(FirstYear, 1, 1, 0, 0).ToUnixTimeMilliseconds();
    private static readonly long LastUnixMs = Instant.FromUtc(LastYear, 12, 31, 0, 0).ToUnixTimeMilliseconds();
    private static readonly LocalTimePattern TimePattern = LocalTimePattern.CreateWithInvariantCulture("HH':'mm");

    public static RpcException Malformed(string field, string expected) => new(new Status(StatusCode.InvalidArgument, $"{field}: {expected}"));

    public static Guid Id(string text, string field) =>
        Guid.TryParseExact(text, "D", out var id) && id != Guid.Empty ? id : throw Malformed(field, "a UUID is expected, such as 6c1f2f0e-6f0b-4f57-9f0a-1d2a3b4c5d6e.");

    public static Guid? OptionalId(string text, string field) => text.Length == 0 ? null : Id(text, field);

    public static PlanId Plan(string text, string field) => new(Id(text, field));

    public static StepId Step(string text, string field) => new(Id(text, field));

    public static SchoolId School(string text, string field) => new(Id(text, field));

    public static PupilId Pupil(string text, string field) => new(Id(text, field));

    public static PersonId Person(string text, string field) => new(Id(text, field));

    /// <summary>What somebody wrote; may be empty.</summary>
    public static string Words(string text, string field, int longest = StaffLimits.MaxWords)
    {
        if (text.Length > longest) throw Malformed(field, $"at most {longest} characters are expected.");
        if (text.Any(character => char.IsControl(character) && character is not ('\n' or '\r' or '\t')))
            throw Malformed(field, "text without control characters is expected.");
        return text;
    }

    /// <summary>Words that may not be missing.</summary>
    public static string Needed(string text, string field, int longest = StaffLimits.MaxName) =>
        string.IsNullOrWhiteSpace(text) ? throw Malformed(field, "some words are expected.") : Words(text, field, longest);

    public static int Number(int number, string field, int lowest, int highest) =>
        number >= lowest && number <= highest ? number : throw Malformed(field, $"a number from {lowest} to {highest} is expected.");

    /// <param name="lowest">0 where nothing has been kept yet.</param>
    public static long Version(long version, string field, long lowest = 1) =>
        version >= lowest ? version : throw Malformed(field, "the version that was read is expected.");

    public static LocalDate Date(string text, string field) =>
        LocalDatePattern.Iso.Parse(text) is { Success: true, Value: { Year: >= FirstYear and <= LastYear } date }
            ? date
            : throw Malformed(field, "a date is expected, such as 2026-11-09.");

    public static LocalDate? OptionalDate(string text, string field) => text.Length == 0 ? null : Date(text, field);

    /// <param name="most">So many days at most.</param>
    public static DateInterval Days(string from, string fromField, string to, string toField, int most)
    {
        var (first, last) = (Date(from, fromField), Date(to, toField));
        if (last < first || Period.DaysBetween(first, last) >= most)
            throw Malformed(toField, $"a date from {fromField} on is expected, with at most {most} days.");
        return new DateInterval(first, last);
    }

    public static LocalTime Time(string text, string field) =>
        TimePattern.Parse(text) is { Success: true } parsed ? parsed.Value : throw Malformed(field, "a time of day is expected, such as 10:05.");

    public static Instant Moment(long unixMs, string field) => unixMs >= FirstUnixMs && unixMs <= LastUnixMs
        ? Instant.FromUnixTimeMilliseconds(unixMs)
        : throw Malformed(field, "milliseconds since 1970 are expected.");

    public static T Message<T>(T? message, string field)
        where T : class => message ?? throw Malformed(field, "it is missing.");

    public static ImmutableArray<TTo> List<TFrom, TTo>(IReadOnlyCollection<TFrom> list, string field, int most, Func<TFrom, string, TTo> read)
    {
        if (list.Count > most) throw Malformed(field, $"at most {most} are expected.");
        return [.. list.Select((item, index) => read(item, $"{field}[{index}]"))];
    }

    /// <summary>A value of an enumeration that has to be chosen.</summary>
    public static RpcException NotChosen(string field) => Malformed(field, "one of the values of the enumeration is expected.");
}
