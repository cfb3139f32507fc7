using AV1Relay.Domain.People;

namespace AV1Relay.Domain.Evaluation;

/// <summary>Adds facts up by school and category, and remembers whether enough pupils stand behind each sum.</summary>
internal sealed class Tally(EvaluationSettings settings)
{
    private readonly Dictionary<(SchoolId School, string Category), TalliedCell> _cells = [];

    public void Add(SchoolId school, string category, Pseudonym pupil, long amount)
    {
        if (!_cells.TryGetValue((school, category), out var cell)) _cells[(school, category)] = cell = new TalliedCell(settings.FewestPupils);
        cell.Add(pupil, amount);
    }

    public FigureTable Publish()
    {
        SchoolId[] schools = [.. _cells.Keys.Select(key => key.School).Distinct().OrderBy(school => school.Value)];
        string[] categories = [.. _cells.Keys.Select(key => key.Category).Distinct().Order(StringComparer.Ordinal)];
        var cells = new TalliedCell[schools.Length + 1, categories.Length + 1];
        for (var row = 0; row <= schools.Length; row++)
        {
            for (var column = 0; column <= categories.Length; column++)
                cells[row, column] = new TalliedCell(settings.FewestPupils);
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
