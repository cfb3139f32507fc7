using AV1Relay.Domain.Arrangements;
using AV1Relay.StaffConsole.Forms;
using NodaTime;

namespace AV1Relay.StaffConsole.Pages.Arrangements;

/// <summary>One time at school on each weekday, as somebody typed it.</summary>
public sealed class TypedTimetable
{
    internal static readonly IsoDayOfWeek[] Weekdays =
        [IsoDayOfWeek.Monday, IsoDayOfWeek.Tuesday, IsoDayOfWeek.Wednesday, IsoDayOfWeek.Thursday, IsoDayOfWeek.Friday];

    public string? From { get; set; }

    /// <summary>Monday to Friday; null where a form had none.</summary>
    public List<TypedTime>? Days { get; set; }

    internal static TypedTimetable Of(AgreedWeek? week) => new()
    {
        From = week is null ? null : Typed.Of(week.From),
        Days = [.. Weekdays.Select(day => TypedTime.Of(week?.Times.FirstOrDefault(time => time.Day == day)))],
    };

    internal TypedTime On(int weekday) => Days is { } days && weekday < days.Count ? days[weekday] : new TypedTime();

    /// <returns>Null where no time was typed, or one can't be read; then the form says so.</returns>
    internal AgreedWeek? Read(FormErrors errors, string field, LocalDate? from, string fromField)
    {
        List<AgreedTime> times = [];
        for (var index = 0; index < Weekdays.Length; index++)
        {
            var typed = On(index);
            if (string.IsNullOrWhiteSpace(typed.Start) && string.IsNullOrWhiteSpace(typed.End)) continue;
            var start = errors.RequireTime($"{field}.Days[{index}].Start", typed.Start, $"Enter when {Weekdays[index]} starts, such as 09:00.");
            var end = errors.RequireTime($"{field}.Days[{index}].End", typed.End, $"Enter when {Weekdays[index]} ends, such as 11:30.");
            if (start >= end) errors.Add($"{field}.Days[{index}].End", $"{Weekdays[index]} ends before it starts. Correct the times.");
            else if (start is { } starts && end is { } ends) times.Add(new AgreedTime(Weekdays[index], starts, ends));
        }

        if (times.Count == 0) return null;
        if (from is { } first) return new AgreedWeek(first, [.. times]);
        errors.Add(fromField, "Enter the day from which these times hold.");
        return null;
    }
}

public sealed class TypedTime
{
    public string? Start { get; set; }

    public string? End { get; set; }

    internal static TypedTime Of(AgreedTime? time) => time is null ? new() : new() { Start = Typed.Of(time.Start), End = Typed.Of(time.End) };
}
