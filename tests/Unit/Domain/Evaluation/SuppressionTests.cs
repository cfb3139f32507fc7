using AV1Relay.Domain.Evaluation;
using AV1Relay.Domain.People;
using Xunit;

namespace AV1Relay.Tests.Unit.Domain.Evaluation;

/// <summary>Small tables against a reader who tries every number there could be.</summary>
public sealed class SuppressionTests
{
    private static readonly string[] Categories = ["a", "b", "c"];

    [Fact]
    public void Large_numbers_are_shown()
    {
        var table = TableOf(5, [[6, 7], [8, 9]]);

        Assert.Equal([6, 7, 8, 9, 13, 17, 14, 16, 30], Shown(table));
    }

    [Fact]
    public void Nobody_is_no_small_number_in_a_large_school()
    {
        var table = TableOf(5, [[6, 0], [8, 9]]);

        Assert.Equal(0, table[School(0), "b"].Value);
    }

    [Fact]
    public void A_small_school_shows_nothing_not_even_zeros()
    {
        var table = TableOf(5, [[3, 0], [8, 9], [8, 9]]);

        Assert.Equal([Figure.KeptBack, Figure.KeptBack, Figure.KeptBack], [table[School(0), "a"], table[School(0), "b"], table.TotalOf(School(0))]);
    }

    [Fact]
    public void Many_sessions_of_few_pupils_are_kept_back()
    {
        var tally = new Tally(new EvaluationSettings());
        foreach (var pupil in Enumerable.Range(0, 4))
            tally.Add(School(0), "a", new Pseudonym($"{pupil}"), 100);

        Assert.Equal(Figure.KeptBack, tally.Publish().Total);
    }

    [Fact]
    public void However_many_pupils_a_sum_is_of_it_remembers_no_more_of_them_than_it_takes_to_be_shown()
    {
        var (cell, total) = (new TalliedCell(enough: 5), new TalliedCell(enough: 5));
        for (var pupil = 0; pupil < 1_000; pupil++) cell.Add(new Pseudonym($"{pupil}"), 2);
        total.Add(cell);
        total.Add(cell);

        Assert.Equal((5, 2_000L), (cell.Pupils.Count, cell.Amount));
        Assert.Equal((5, 4_000L), (total.Pupils.Count, total.Amount));
    }

    [Fact]
    public void One_small_number_never_stands_kept_back_alone_in_a_row_or_column()
    {
        var table = TableOf(5, [[2, 9], [8, 9]]);

        Assert.Equal(Figure.KeptBack, table[School(0), "a"]);
        Assert.True(table[School(0), "b"] == Figure.KeptBack || table.TotalOf(School(0)) == Figure.KeptBack);
        Assert.True(table[School(1), "a"] == Figure.KeptBack || table.TotalOf("a") == Figure.KeptBack);
    }

    [Fact]
    public void A_threshold_of_one_pupil_can_not_be_set() => Assert.Throws<ArgumentOutOfRangeException>(() => new EvaluationSettings(1));

    [Theory]
    [InlineData(2, 2, 400)]
    [InlineData(2, 3, 400)]
    [InlineData(3, 2, 400)]
    [InlineData(4, 1, 400)]
    [InlineData(1, 3, 400)]
    [InlineData(3, 3, 40)]
    public void No_number_kept_back_can_be_worked_out(int schools, int categories, int rounds)
    {
        var random = new Random(4_2024 + (schools * 10) + categories);
        for (var round = 0; round < rounds; round++)
        {
            var amounts = RandomTable(random, schools, categories);
            const int FewestPupils = 3;
            var table = TableOf(FewestPupils, amounts);

            var isSmallSchool = amounts.Select(row => row.Sum() < FewestPupils).ToArray();
            var determined = Reader.Determined(table, amounts, isSmallSchool);

            Assert.True(determined.Count == 0, $"{Words(amounts)}: {string.Join(", ", determined)} can be worked out.");
        }
    }

    [Fact]
    public void What_is_missing_from_a_shown_total_is_about_enough_pupils()
    {
        var random = new Random(4_2025);
        for (var round = 0; round < 400; round++)
        {
            var amounts = RandomTable(random, 3, 3);
            var table = TableOf(5, amounts);
            foreach (var category in table.Categories)
            {
                var missing = table.Schools.Where(school => table[school, category] == Figure.KeptBack).ToList();
                if (missing.Count == 0 || table.TotalOf(category) == Figure.KeptBack) continue;
                var pupils = missing.Sum(school => amounts[school.Value.ToByteArray()[0]][Array.IndexOf(Categories, category)]);
                Assert.True(pupils >= 5, $"{Words(amounts)}: {category} gives away a sum over {pupils} pupils.");
            }
        }
    }

    [Fact]
    public void What_is_shown_is_never_about_few_pupils_and_always_right()
    {
        var random = new Random(4_2026);
        for (var round = 0; round < 400; round++)
        {
            var amounts = RandomTable(random, 3, 3);
            var table = TableOf(5, amounts);
            foreach (var school in table.Schools)
            {
                var row = amounts[school.Value.ToByteArray()[0]];
                foreach (var category in table.Categories)
                {
                    if (table[school, category].Value is not { } shown) continue;
                    Assert.Equal(row[Array.IndexOf(Categories, category)], shown);
                    Assert.False(shown is > 0 and < 5, $"{Words(amounts)} shows {shown}.");
                }
            }
        }
    }

    [Fact]
    public void A_county_of_schools_is_published_without_keeping_everything_back()
    {
        var random = new Random(4_2027);
        int[][] amounts = [.. Enumerable.Range(0, 60).Select(_ => Enumerable.Range(0, 3).Select(_ => random.Next(0, 30)).ToArray())];

        Assert.True(Shown(TableOf(5, amounts)).Count > 120);
    }

    private static int[][] RandomTable(Random random, int schools, int categories)
    {
        var most = random.Next(1, 8);
        return [.. Enumerable.Range(0, schools).Select(_ => Enumerable.Range(0, categories).Select(_ => random.Next(0, most + 1)).ToArray())];
    }

    /// <summary>As many pupils as the amount says, each once.</summary>
    private static FigureTable TableOf(int fewestPupils, int[][] amounts)
    {
        var tally = new Tally(new EvaluationSettings(fewestPupils));
        for (var row = 0; row < amounts.Length; row++)
        {
            for (var column = 0; column < amounts[row].Length; column++)
            {
                for (var pupil = 0; pupil < amounts[row][column]; pupil++)
                    tally.Add(School(row), Categories[column], new Pseudonym($"{row} {column} {pupil}"), 1);
            }
        }

        return tally.Publish();
    }

    private static SchoolId School(int number) => new(new Guid(number, 0, 0, new byte[8]));

    private static List<long> Shown(FigureTable table) =>
    [
        .. table.Schools.SelectMany(school => table.Categories.Select(category => table[school, category]))
            .Concat(table.Schools.Select(table.TotalOf))
            .Concat(table.Categories.Select(table.TotalOf))
            .Append(table.Total)
            .Select(figure => figure.Value)
            .OfType<long>(),
    ];

    private static string Words(int[][] amounts) => string.Join(" | ", amounts.Select(row => string.Join(' ', row)));

    /// <summary>
    /// Knows what is shown, which schools are small, that outside of them no 0 is kept back, and sums. Goes through all tables
    /// that agree with it, numbers up to a little above the true ones: that is enough to find a second value.
    /// </summary>
    private sealed class Reader
    {
        private readonly FigureTable _table;
        private readonly bool[] _isSmallSchool;
        private readonly Figure[] _rowTotals;
        private readonly Figure[] _columnTotals;
        private readonly long[,] _guess;
        private readonly int _highest;
        private readonly Dictionary<string, HashSet<long>> _values = [];

        private Reader(FigureTable table, bool[] isSmallSchool, int highest)
        {
            (_table, _isSmallSchool, _highest) = (table, isSmallSchool, highest);
            _rowTotals = [.. table.Schools.Select(table.TotalOf)];
            _columnTotals = [.. table.Categories.Select(table.TotalOf)];
            _guess = new long[_rowTotals.Length, _columnTotals.Length];
        }

        public static List<string> Determined(FigureTable table, int[][] amounts, bool[] isSmallSchool)
        {
            if (table.Schools.IsEmpty) return [];
            var smallInTable = table.Schools.Select(school => isSmallSchool[school.Value.ToByteArray()[0]]).ToArray();
            var reader = new Reader(table, smallInTable, amounts.Max(row => row.Max()) + 1);
            reader.Guess(0);
            return [.. reader._values.Where(entry => entry.Value.Count < 2).Select(entry => entry.Key)];
        }

        /// <returns>True when a second value is known of everything, and looking further is idle.</returns>
        private bool Guess(int cell)
        {
            var (row, column) = (cell / _columnTotals.Length, cell % _columnTotals.Length);
            if (column == 0 && row > 0 && _rowTotals[row - 1].Value is { } total && RowSum(row - 1) != total) return false;
            if (row == _rowTotals.Length) return Agrees() && Note();
            var figure = _table[_table.Schools[row], _table.Categories[column]];
            var (lowest, highest) = figure.Value is { } shown ? (shown, shown) : (_isSmallSchool[row] ? 0 : 1, _highest);
            for (var value = lowest; value <= highest; value++)
            {
                _guess[row, column] = value;
                if (Guess(cell + 1)) return true;
            }

            return false;
        }

        private bool Agrees()
        {
            for (var column = 0; column < _columnTotals.Length; column++)
            {
                if (_columnTotals[column].Value is { } total && ColumnSum(column) != total) return false;
            }

            return _table.Total.Value is not { } all || Enumerable.Range(0, _rowTotals.Length).Sum(RowSum) == all;
        }

        private bool Note()
        {
            for (var row = 0; row < _rowTotals.Length; row++)
            {
                for (var column = 0; column < _columnTotals.Length; column++)
                    Note($"row {row} column {column}", _table[_table.Schools[row], _table.Categories[column]], _guess[row, column]);
                Note($"row {row}", _rowTotals[row], RowSum(row));
            }

            for (var column = 0; column < _columnTotals.Length; column++)
                Note($"column {column}", _columnTotals[column], ColumnSum(column));
            Note("total", _table.Total, Enumerable.Range(0, _rowTotals.Length).Sum(RowSum));
            return _values.Values.All(values => values.Count > 1);
        }

        private void Note(string name, Figure figure, long value)
        {
            if (figure.Value is not null) return;
            if (!_values.TryGetValue(name, out var values)) _values[name] = values = [];
            values.Add(value);
        }

        private long RowSum(int row) => Enumerable.Range(0, _columnTotals.Length).Sum(column => _guess[row, column]);

        private long ColumnSum(int column) => Enumerable.Range(0, _rowTotals.Length).Sum(row => _guess[row, column]);
    }
}
