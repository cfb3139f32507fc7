using AV1Relay.Domain.Refusals;
using NodaTime;

namespace AV1Relay.Domain.Calendar;

/// <summary>A day without school, and why.</summary>
/// <param name="Words">As a person would say it: <c>INSET day</c>, <c>bank holiday: Early May</c>.</param>
public sealed record ClosedDay(LocalDate Date, ClosedBecause Because, string Words)
{
    /// <param name="next">The next school day, where one is known.</param>
    internal Refusal ToRefusal(LocalDate? next) => new(
        Code,
        $"There is no school on {Date.InWords()}: {Words}.",
        Because is ClosedBecause.NotEntered ? "Ask the school office to enter the terms of that year, or choose another day."
        : next is { } day ? $"Choose another day; the next school day is {day.InWords()}."
        : "Choose another day.");

    private string Code => Because switch
    {
        ClosedBecause.NotEntered => "calendar.terms-not-entered",
        ClosedBecause.NotASchoolWeekday => "calendar.not-a-school-weekday",
        ClosedBecause.Holiday => "calendar.school-holiday",
        ClosedBecause.HalfTerm => "calendar.half-term",
        ClosedBecause.BankHoliday => "calendar.bank-holiday",
        ClosedBecause.InsetDay => "calendar.inset-day",
        _ => "calendar.school-closed",
    };
}

public enum ClosedBecause
{
    /// <summary>Nobody has entered terms for the academic year yet: there may be school.</summary>
    NotEntered,

    /// <summary>A Saturday or Sunday, at most schools.</summary>
    NotASchoolWeekday,

    /// <summary>Between two terms.</summary>
    Holiday,

    HalfTerm,
    BankHoliday,
    InsetDay,
    Other,
}
