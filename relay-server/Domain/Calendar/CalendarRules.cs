using System.Collections.Immutable;
using AV1Relay.Domain.Refusals;

namespace AV1Relay.Domain.Calendar;

/// <summary>What makes a calendar contradict itself: the same whether it is built or changed.</summary>
internal static class CalendarRules
{
    public static IReadOnlyList<Refusal> Broken(
        AcademicYearStarts yearStarts, ImmutableArray<Term> terms, ImmutableArray<Closure> closures, ImmutableArray<OpenDay> openDays) =>
    [
        .. terms.Where(term => !yearStarts.YearOf(term.Dates.Start).Dates.Contains(term.Dates.End)).Select(term => new Refusal(
            "calendar.term-crosses-years",
            $"{term.Name} begins in the academic year {yearStarts.YearOf(term.Dates.Start)} and ends after it.",
            "Check the term's dates, or the day on which academic years start.")),
        .. terms.Zip(terms.Skip(1)).Where(pair => pair.First.Dates.End >= pair.Second.Dates.Start).Select(pair => new Refusal(
            "calendar.terms-overlap",
            $"{pair.First.Name} ({pair.First.Dates.InWords()}) is not over when {pair.Second.Name} begins, on {pair.Second.Dates.Start.InWords()}.",
            "Check the dates of both terms.")),
        .. from day in openDays
           from closure in closures
           where closure.Dates.Contains(day.Date)
           select new Refusal(
               "calendar.closed-and-open",
               $"{day.Date.InWords()} would be closed and open at once.",
               "Call off the closure or the open day first."),
    ];
}
