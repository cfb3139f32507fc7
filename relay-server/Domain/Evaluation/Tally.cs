using AV1Relay.Domain.People;

namespace AV1Relay.Domain.Evaluation;

/// <summary>Adds facts up by school and category, and remembers how many pupils stand behind each sum.</summary>
internal sealed class Tally
{
    private readonly Dictionary<(SchoolId School, string Category), TalliedCell> _cells = [];

    public void Add(SchoolId school, string category, Pseudonym pupil, long amount)
    {
        if (!_cells.TryGetValue((school, category), out var cell)) _cells[(school, category)] = cell = new TalliedCell();
        cell.Add(pupil, amount);
    }

    public FigureTable Publish(EvaluationSettings settings)
    {
        SchoolId[] schools = [.. _cells.Keys.Select(key => key.School).Distinct().OrderBy(school => school.Value)];
        string[] categories = [.. _cells.Keys.Select(key => key.Category).Distinct().Order(StringComparer.Ordinal)];
        var cells = new TalliedCell[schools.Length + 1, categories.Length + 1];
        for (var row = 0; row <= schools.Length; row++)
        {
            for (var column = 0; column <= categories.Length; column++)
                cells[row, column] = new TalliedCell();
        }

        foreach (var ((school, category), cell) in _cells)
        {
            var (row, column) = (Array.IndexOf(schools, school), Array.IndexOf(categories, category));
            cells[row, column].Add(cell);
            cells[row, categories.Length].Add(cell);
            cells[schools.Length, column].Add(cell);
            cells[schools.Length, categories.Length].Add(cell);
        }

        return new FigureTable([.. schools], [.. categories], new Suppression(cells, settings.FewestPupils).Publish());
    }
}

/// <summary>A sum and the pupils behind it.</summary>
internal sealed class TalliedCell
{
    private readonly HashSet<Pseudonym> _pupils = [];

    public long Amount { get; private set; }

    public IReadOnlyCollection<Pseudonym> Pupils => _pupils;

    public void Add(Pseudonym pupil, long amount)
    {
        _pupils.Add(pupil);
        Amount += amount;
    }

    public void Add(TalliedCell other)
    {
        _pupils.UnionWith(other._pupils);
        Amount += other.Amount;
    }
}
