using System.Globalization;
using AV1Relay.Domain.Evaluation;
using AV1Relay.Domain.People;
using NodaTime;
using Xunit;

namespace AV1Relay.Tests.Unit.Domain.Evaluation;

/// <summary>A year, its terms and its months against a reader who asks for all of them, adds and subtracts.</summary>
public sealed class SuppressionOverTimeTests
{
    private const int FewestPupils = 3;
    private const int Months = 6; // a term of four and one that has two so far

    private static readonly EvaluationYear Year = new("2026/27", new LocalDate(2026, 9, 1), new LocalDate(2027, 9, 1), new LocalDate(2027, 3, 9));
    private static readonly NotHeldBecause[] Categories = [NotHeldBecause.Declined, NotHeldBecause.Cancelled, NotHeldBecause.NotJoined];

    [Fact]
    public void A_month_that_is_kept_back_is_not_what_is_missing_from_its_term()
    {
        var county = County.Of([[[8, 1, 9, 8, 8, 8]]]);

        Assert.Equal(42, county.Shown(EvaluationSplit.Year, 0, null, null));
        Assert.Null(county.Shown(EvaluationSplit.Months, 1, 0, null));
        Assert.Empty(county.WorkedOut());
    }

    [Fact]
    public void What_is_kept_back_in_one_month_is_kept_back_in_each()
    {
        var county = County.Of([[[8, 1, 9, 8, 8, 8]]]);

        Assert.All(Enumerable.Range(0, Months), month => Assert.Null(county.Shown(EvaluationSplit.Months, month, 0, 0)));
    }

    [Fact]
    public void Months_with_enough_pupils_in_each_are_shown_and_so_is_one_with_nobody()
    {
        var county = County.Of([[[8, 0, 9, 8, 8, 8]], [[8, 7, 9, 8, 8, 8]]]);

        Assert.Equal([8, 0, 9, 8, 8, 8], Enumerable.Range(0, Months).Select(month => county.Shown(EvaluationSplit.Months, month, 0, 0)));
    }

    [Theory]
    [InlineData(1, 1, 300)]
    [InlineData(1, 3, 300)]
    [InlineData(3, 1, 300)]
    [InlineData(2, 2, 300)]
    [InlineData(4, 3, 200)]
    public void No_number_about_few_pupils_can_be_worked_out_from_all_that_can_be_asked(int schools, int categories, int rounds)
    {
        var random = new Random(12_2026 + (schools * 10) + categories);
        for (var round = 0; round < rounds; round++)
        {
            var county = County.AtRandom(random, schools, categories);

            var workedOut = county.WorkedOut();

            Assert.True(workedOut.Count == 0, $"{county}: {string.Join(", ", workedOut)}");
        }
    }

    [Fact]
    public void Much_of_a_county_is_shown_all_the_same()
    {
        var random = new Random(12_2027);
        var county = County.Of([.. Enumerable.Range(0, 40).Select(_ => Enumerable.Range(0, 3).Select(_ => Enumerable.Range(0, Months).Select(_ => random.Next(2, 30)).ToArray()).ToArray())]);

        Assert.Equal(40 * 3, county.CountShown(EvaluationSplit.Year));
        Assert.True(county.CountShown(EvaluationSplit.Months) > 40 * 3 * Months / 3, $"{county.CountShown(EvaluationSplit.Months)} of the months");
    }

    /// <summary>Facts of schools, and what is published of them in each split.</summary>
    private sealed class County
    {
        private readonly int[][][] _pupils; // by school, category and month
        private readonly Dictionary<EvaluationSplit, EngagementFigures> _figures = [];

        private County(int[][][] pupils)
        {
            _pupils = pupils;
            foreach (var split in Enum.GetValues<EvaluationSplit>()) _figures[split] = EngagementFigures.Of(Facts(), Year, split, new EvaluationSettings(FewestPupils));
        }

        private int Schools => _pupils.Length;

        private int CategoriesUsed => _pupils[0].Length;

        /// <param name="pupils">By school, category and month, as many pupils as it says: the first of the school, each once.</param>
        public static County Of(int[][][] pupils) => new(pupils);

        public static County AtRandom(Random random, int schools, int categories)
        {
            var most = random.Next(1, 9);
            var sparse = random.Next(0, 3); // of some, most months are empty
            return new County([.. Enumerable.Range(0, schools).Select(_ => Enumerable.Range(0, categories).Select(_ =>
                Enumerable.Range(0, Months).Select(_ => random.Next(0, 3) < sparse ? 0 : random.Next(0, most + 1)).ToArray()).ToArray())]);
        }

        /// <param name="school">Null: all of them.</param>
        /// <param name="category">Null: all of them.</param>
        public long? Shown(EvaluationSplit split, int span, int? school, int? category)
        {
            var table = _figures[split][Year.PeriodsOf(split)[span], EngagementMeasure.Sessions];
            return (school, category) switch
            {
                ({ } row, { } column) => table[School(row), CategoryOf(column)],
                ({ } row, null) => table.TotalOf(School(row)),
                (null, { } column) => table.TotalOf(CategoryOf(column)),
                _ => table.Total,
            } is var figure ? figure.Value : null;
        }

        public int CountShown(EvaluationSplit split) => Sums().Count(sum => sum.Split == split && sum is { School: not null, Category: not null } && ShownOf(sum) is not null);

        /// <summary>Sums about few pupils that follow from what is shown, by adding, subtracting, and that a sum of 0 is of nothing but zeros.</summary>
        public List<string> WorkedOut()
        {
            List<Sum> shown = [.. Sums().Where(sum => ShownOf(sum) is not null)];
            var nobody = new HashSet<int>();
            var known = 0;
            do
            {
                known = nobody.Count;
                foreach (var sum in shown.Where(sum => ShownOf(sum) == 0)) nobody.UnionWith(CellsOf(sum));
            }
            while (nobody.Count > known);

            var equations = new Equations(Schools * CategoriesUsed * Months);
            foreach (var sum in shown) equations.Add(CellsOf(sum).Where(cell => !nobody.Contains(cell)));
            return [.. Sums().Where(IsOfFew).Where(sum => ShownOf(sum) is not null || equations.Has(CellsOf(sum).Where(cell => !nobody.Contains(cell)))).Select(sum => sum.ToString())];
        }

        public override string ToString() => string.Join(" / ", _pupils.Select(school => string.Join(" | ", school.Select(category => string.Join(' ', category)))));

        private static SchoolId School(int number) => new(new Guid(number + 1, 0, 0, new byte[8]));

        private static string CategoryOf(int number) => EngagementFact.SessionNotHeld(default, default, default, Categories[number]).Category;

        private static Pseudonym Pupil(int school, int number) => new(string.Create(CultureInfo.InvariantCulture, $"{school} {number}"));

        private IEnumerable<EngagementFact> Facts() =>
            from school in Enumerable.Range(0, Schools)
            from category in Enumerable.Range(0, CategoriesUsed)
            from month in Enumerable.Range(0, Months)
            from pupil in Enumerable.Range(0, _pupils[school][category][month])
            select EngagementFact.SessionNotHeld(School(school), Year.PeriodsOf(EvaluationSplit.Months)[month].Dates.Start.PlusDays(3), Pupil(school, pupil), Categories[category]);

        private IEnumerable<Sum> Sums() =>
            from split in Enum.GetValues<EvaluationSplit>()
            from span in Enumerable.Range(0, Year.PeriodsOf(split).Length)
            from school in Enumerable.Range(0, Schools).Select(number => (int?)number).Append(null)
            from category in Enumerable.Range(0, CategoriesUsed).Select(number => (int?)number).Append(null)
            select new Sum(split, span, school, category);

        private long? ShownOf(Sum sum) => Shown(sum.Split, sum.Span, sum.School, sum.Category);

        private IEnumerable<(int School, int Category, int Month)> PartsOf(Sum sum) =>
            from school in Enumerable.Range(0, Schools)
            where sum.School is null || sum.School == school
            from category in Enumerable.Range(0, CategoriesUsed)
            where sum.Category is null || sum.Category == category
            from month in Enumerable.Range(0, Months)
            where sum.Split switch { EvaluationSplit.Year => 0, EvaluationSplit.Terms => month / 4, _ => month } == sum.Span
            select (school, category, month);

        private IEnumerable<int> CellsOf(Sum sum) => PartsOf(sum).Select(part => (((part.School * CategoriesUsed) + part.Category) * Months) + part.Month);

        private bool IsOfFew(Sum sum) => PartsOf(sum).GroupBy(part => part.School).Sum(school => school.Max(part => _pupils[part.School][part.Category][part.Month])) is > 0 and < FewestPupils;

        private sealed record Sum(EvaluationSplit Split, int Span, int? School, int? Category);
    }

    /// <summary>Sums of unknown numbers, and whether another one follows from them; counted modulo a prime, which is exact for small numbers like these.</summary>
    private sealed class Equations(int unknowns)
    {
        private const long Prime = 1_000_000_007;
        private readonly Dictionary<int, long[]> _rows = []; // by their first unknown, whose factor is 1

        public void Add(IEnumerable<int> parts)
        {
            var row = Reduced(parts);
            var first = Array.FindIndex(row, factor => factor != 0);
            if (first < 0) return;
            var inverse = Power(row[first], Prime - 2);
            _rows[first] = [.. row.Select(factor => factor * inverse % Prime)];
        }

        public bool Has(IEnumerable<int> parts) => Reduced(parts).All(factor => factor == 0);

        private long[] Reduced(IEnumerable<int> parts)
        {
            var row = new long[unknowns];
            foreach (var part in parts) row[part] = 1;
            for (var first = 0; first < unknowns; first++)
            {
                if (row[first] == 0 || !_rows.TryGetValue(first, out var with)) continue;
                var times = row[first];
                for (var unknown = first; unknown < unknowns; unknown++) row[unknown] = (row[unknown] + ((Prime - times) * with[unknown])) % Prime;
            }

            return row;
        }

        private static long Power(long number, long exponent)
        {
            var result = 1L;
            for (; exponent > 0; exponent >>= 1, number = number * number % Prime)
            {
                if ((exponent & 1) == 1) result = result * number % Prime;
            }

            return result;
        }
    }
}
