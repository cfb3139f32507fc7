using System.Globalization;
using NodaTime;

namespace AV1Relay.Domain.Calendar;

/// <summary>One school year, holidays included; the next begins on the day after its last.</summary>
public sealed record AcademicYear(DateInterval Dates)
{
    /// <summary><c>2025/26</c>; only <c>2026</c> for one that begins and ends in the same calendar year.</summary>
    public string Label => Dates.Start.Year == Dates.End.Year
        ? Dates.Start.Year.ToString(CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{Dates.Start.Year}/{Dates.End.Year % 100:00}");

    public override string ToString() => Label;
}
