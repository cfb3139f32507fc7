using AV1Relay.Domain.People;

namespace AV1Relay.Domain.Evaluation;

/// <summary>Adds facts of one span of time up by school and category, and remembers whether enough pupils stand behind each sum.</summary>
internal sealed class Tally(EvaluationSettings settings)
{
    private readonly Dictionary<(SchoolId School, string Category), TalliedCell> _cells = [];

    public void Add(SchoolId school, string category, Pseudonym pupil, long amount) => CellOf(school, category).Add(pupil, amount);

    /// <summary>Several spans as one.</summary>
    public static Tally Sum(IEnumerable<Tally> parts, EvaluationSettings settings)
    {
        var sum = new Tally(settings);
        foreach (var ((school, category), cell) in parts.SelectMany(part => part._cells)) sum.CellOf(school, category).Add(cell);
        return sum;
    }

    /// <summary>A span by itself, of which no part and no whole is ever published.</summary>
    public FigureTable Publish()
    {
        var shape = new Shape(this);
        return shape.Publish(new SuppressionOverTime([[CellsIn(shape)]], [[0]], settings.FewestPupils), 0, 0);
    }

    /// <param name="shape">Of this tally, or of one that has it as a part.</param>
    public TalliedCell[,] CellsIn(Shape shape)
    {
        var (rows, columns) = (shape.Schools.Count, shape.Categories.Count);
        var cells = new TalliedCell[rows + 1, columns + 1];
        for (var row = 0; row <= rows; row++)
        {
            for (var column = 0; column <= columns; column++) cells[row, column] = new TalliedCell(settings.FewestPupils);
        }

        foreach (var ((school, category), cell) in _cells)
        {
            var (row, column) = (shape.Schools[school], shape.Categories[category]);
            cells[row, column].Add(cell);
            cells[row, columns].Add(cell);
            cells[rows, column].Add(cell);
            cells[rows, columns].Add(cell);
        }

        return cells;
    }

    private TalliedCell CellOf(SchoolId school, string category)
    {
        if (!_cells.TryGetValue((school, category), out var cell)) _cells[(school, category)] = cell = new TalliedCell(settings.FewestPupils);
        return cell;
    }

    /// <summary>Which school is which row, and which category which column.</summary>
    internal sealed class Shape(Tally of)
    {
        public IReadOnlyDictionary<SchoolId, int> Schools { get; } =
            of._cells.Keys.Select(key => key.School).Distinct().OrderBy(school => school.Value).Select((school, row) => (school, row)).ToDictionary(pair => pair.school, pair => pair.row);

        public IReadOnlyDictionary<string, int> Categories { get; } =
            of._cells.Keys.Select(key => key.Category).Distinct().Order(StringComparer.Ordinal).Select((category, column) => (category, column)).ToDictionary(pair => pair.category, pair => pair.column);

        public FigureTable Publish(SuppressionOverTime decided, int length, int span) =>
            new([.. Schools.OrderBy(pair => pair.Value).Select(pair => pair.Key)], [.. Categories.OrderBy(pair => pair.Value).Select(pair => pair.Key)], decided.Publish(length, span));
    }
}

/// <summary>A sum and the pupils behind it, as many of them as it takes to know that they are enough.</summary>
/// <param name="enough">A figure with so many pupils behind it may be shown.</param>
/// <remarks>
/// Sets that stop at <paramref name="enough"/> answer "fewer than that together?" for any of their unions as whole sets would: one that stopped
/// is enough by itself, and the others are whole. So a cell stays as small however many pupils and years are in it.
/// </remarks>
internal sealed class TalliedCell(int enough)
{
    private readonly HashSet<Pseudonym> _pupils = [];

    public long Amount { get; private set; }

    public IReadOnlyCollection<Pseudonym> Pupils => _pupils;

    public void Add(Pseudonym pupil, long amount)
    {
        Amount += amount;
        if (_pupils.Count < enough) _pupils.Add(pupil);
    }

    public void Add(TalliedCell other)
    {
        Amount += other.Amount;
        foreach (var pupil in other._pupils.TakeWhile(_ => _pupils.Count < enough)) _pupils.Add(pupil);
    }
}
