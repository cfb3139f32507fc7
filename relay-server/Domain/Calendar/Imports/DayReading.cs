using System.Collections.Immutable;
using NodaTime;

namespace AV1Relay.Domain.Calendar.Imports;

/// <summary>Terms, half-terms and closures out of what a file calls its whole days. A name that says none of them is not guessed at.</summary>
internal sealed class DayReading
{
    private const int ShortestTermDays = 14;
    private const int GapOfAWeekend = 3; // days: a holiday that is entered week by week is one

    private static readonly string[] Inset = ["inset", "non-pupil", "non pupil", "staff training", "teacher training", "training day", "staff development", "pd day"];
    private static readonly string[] Bank = ["bank holiday", "good friday", "easter monday", "may day"];
    private static readonly string[] Half = ["half term", "half-term", "halfterm"];
    private static readonly string[] Off = ["holiday", "break", "vacation"];
    private static readonly string[] Shut = ["closed", "closure", "strike"];
    private static readonly string[] Begins = ["start", "begin", "first day", "opens"];
    private static readonly string[] Ends = ["end", "last day", "finish"];

    private readonly List<NotUnderstood> _not = [];

    private DayReading(ImmutableArray<Term> terms, ImmutableArray<Closure> closures) => (Terms, Closures) = (terms, closures);

    public ImmutableArray<Term> Terms { get; }

    public ImmutableArray<Closure> Closures { get; }

    public IReadOnlyList<NotUnderstood> Not => _not;

    /// <param name="present">Terms that hold where the file has none.</param>
    public static DayReading Of(IEnumerable<WholeDays> days, IEnumerable<Term> present)
    {
        List<NotUnderstood> not = [];
        var all = days.Select(day => (Day: day, Kind: KindOf(day))).OrderBy(day => day.Day.Dates.Start).ToList();
        var terms = WithHalfTerms(ReadTerms(all, not), Joined(all, DayKind.HalfTerm), not);
        var lasting = terms.IsEmpty ? [.. present] : terms;
        var reading = new DayReading(terms, [.. all.Select(day => ClosureOf(day.Day, day.Kind, lasting)).OfType<Closure>().Distinct()]);
        reading._not.AddRange(not);
        reading._not.AddRange(all.Where(day => day.Kind is DayKind.Unknown).Select(day => Not_(day.Day, "It names no term, holiday, INSET day or closure.")));
        return reading;
    }

    private static ImmutableArray<Term> ReadTerms(List<(WholeDays Day, DayKind Kind)> all, List<NotUnderstood> not)
    {
        var terms = all.Where(day => day.Kind is DayKind.WholeTerm).Select(day => new Term(NameOf(day.Day), day.Day.Dates)).ToList();
        WholeDays? begun = null;
        foreach (var (day, kind) in all)
        {
            if (kind is DayKind.TermBegins)
            {
                if (begun is not null) not.Add(Not_(begun, "No last day of that term follows."));
                begun = day;
            }
            else if (kind is DayKind.TermEnds)
            {
                if (begun is null) not.Add(Not_(day, "No first day of that term comes before it."));
                else terms.Add(new Term(NameOf(begun), new DateInterval(begun.Dates.Start, day.Dates.End)));
                begun = null;
            }
        }

        if (begun is not null) not.Add(Not_(begun, "No last day of that term follows."));
        return [.. terms.OrderBy(term => term.Dates.Start)];
    }

    private static ImmutableArray<Term> WithHalfTerms(ImmutableArray<Term> terms, List<WholeDays> halves, List<NotUnderstood> not)
    {
        foreach (var half in halves)
        {
            var term = terms.FirstOrDefault(term => term.HalfTerm is null && half.Dates.Start > term.Dates.Start && half.Dates.End < term.Dates.End);
            if (term is not null) terms = terms.Replace(term, new Term(term.Name, term.Dates, half.Dates));
            else if (!terms.IsEmpty && terms.Any(other => other.Dates.Intersection(half.Dates) is not null)) not.Add(Not_(half, "It is not inside a term, or the term has one already."));
        }

        return terms;
    }

    /// <summary>Null: it closes nothing that the terms leave open.</summary>
    private static Closure? ClosureOf(WholeDays day, DayKind kind, ImmutableArray<Term> terms) => kind switch
    {
        DayKind.Inset => new Closure(day.Dates, ClosureKind.InsetDay, IsPlain(day.Name) ? "" : day.Name),
        DayKind.BankHoliday => new Closure(day.Dates, ClosureKind.BankHoliday, day.Name),
        DayKind.Closed => new Closure(day.Dates, ClosureKind.Other, day.Name),
        DayKind.Holiday when terms.Any(term => term.Dates.Intersection(day.Dates) is not null) => new Closure(day.Dates, ClosureKind.Other, day.Name),
        _ => null,
    };

    private static List<WholeDays> Joined(List<(WholeDays Day, DayKind Kind)> all, DayKind kind)
    {
        List<WholeDays> joined = [];
        foreach (var day in all.Where(day => day.Kind == kind).Select(day => day.Day))
        {
            if (joined.Count > 0 && Period.DaysBetween(joined[^1].Dates.End, day.Dates.Start) <= GapOfAWeekend)
                joined[^1] = joined[^1] with { Dates = new DateInterval(joined[^1].Dates.Start, LocalDate.Max(joined[^1].Dates.End, day.Dates.End)) };
            else
                joined.Add(day);
        }

        return joined;
    }

    private static DayKind KindOf(WholeDays day)
    {
        var name = day.Name;
        if (Says(name, Inset)) return DayKind.Inset;
        if (Says(name, Bank)) return DayKind.BankHoliday;
        if (Says(name, Half)) return Says(name, Begins) || Says(name, Ends) ? DayKind.Unknown : DayKind.HalfTerm;
        if (Says(name, "term"))
        {
            if (day.Dates.Length >= ShortestTermDays) return DayKind.WholeTerm;
            if (Says(name, Begins)) return DayKind.TermBegins;
            if (Says(name, Ends)) return DayKind.TermEnds;
        }

        return Says(name, Off) ? DayKind.Holiday : Says(name, Shut) ? DayKind.Closed : DayKind.Unknown;
    }

    /// <summary><c>Autumn term starts</c> is about the <c>Autumn term</c>.</summary>
    private static string NameOf(WholeDays day)
    {
        string[] said = [.. day.Name.Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(word => !Says(word, Begins) && word is not ("first" or "First" or "day" or "Day" or "of" or "-" or "the"))];
        return said.Length == 0 ? day.Name : string.Join(' ', said);
    }

    private static bool IsPlain(string name) => name.Replace("day", "", StringComparison.OrdinalIgnoreCase).Trim().Equals("inset", StringComparison.OrdinalIgnoreCase);

    private static bool Says(string name, params string[] words) => words.Any(word => name.Contains(word, StringComparison.OrdinalIgnoreCase));

    private static NotUnderstood Not_(WholeDays day, string why) => new($"{day.Name}, {day.Dates.InWords()}", why);

    private enum DayKind
    {
        Unknown,
        WholeTerm,
        TermBegins,
        TermEnds,
        HalfTerm,
        Inset,
        BankHoliday,

        /// <summary>Between terms it is what the terms say already.</summary>
        Holiday,
        Closed,
    }
}
