namespace AV1Relay.Domain.Evaluation;

/// <summary>Keeps back small numbers of a table with totals, and enough others that none of them can be worked out.</summary>
/// <remarks>
/// <para>Kept back first: sums of fewer pupils than the setting, and all of a school that has fewer altogether. Then others until</para>
/// <para>(1) whatever a shown total reveals about the parts missing from it is about enough pupils, and</para>
/// <para>(2) each number kept back has at least two possible values for a reader who knows everything shown, that nothing is
/// negative, and that outside small schools a 0 would have been shown.</para>
/// <para>
/// For (2): cells are edges between their row and their column, as in network flow; a number can be another one if and only if
/// one unit more or less can go round a cycle of numbers kept back without any of them falling below its least value.
/// </para>
/// </remarks>
internal sealed class Suppression
{
    private readonly TalliedCell[,] _cells;
    private readonly bool[,] _isKeptBack;
    private readonly int _fewestPupils;
    private readonly int _totalRow;
    private readonly int _totalColumn;
    private readonly Queue<(int Row, int Column)> _toCheck = [];

    /// <param name="cells">The last row and column are the totals.</param>
    public Suppression(TalliedCell[,] cells, int fewestPupils)
    {
        (_cells, _fewestPupils) = (cells, fewestPupils);
        (_totalRow, _totalColumn) = (cells.GetLength(0) - 1, cells.GetLength(1) - 1);
        _isKeptBack = new bool[_totalRow + 1, _totalColumn + 1];
    }

    public Figure[,] Publish()
    {
        foreach (var (row, column) in All().Where(IsSmall))
            KeepBack(row, column);
        do
        {
            foreach (var line in Lines())
                WidenUntilEnoughPupils(line);
            while (_toCheck.TryDequeue(out var cell))
                KeepBackOthersUntilUnknown(cell); // what is unknown once stays so: keeping more back only opens more cycles
        }
        while (Lines().Any(RevealsFewPupils));

        var figures = new Figure[_totalRow + 1, _totalColumn + 1];
        foreach (var (row, column) in All().Where(cell => !_isKeptBack[cell.Row, cell.Column]))
            figures[row, column] = Figure.Of(_cells[row, column].Amount);
        return figures;
    }

    private bool IsSmall((int Row, int Column) cell) =>
        IsInSmallSchool(cell) || (_cells[cell.Row, cell.Column] is { Amount: > 0 } tallied && tallied.Pupils.Count < _fewestPupils);

    private bool IsInSmallSchool((int Row, int Column) cell) => cell.Row < _totalRow && _cells[cell.Row, _totalColumn].Pupils.Count < _fewestPupils;

    private void KeepBack(int row, int column)
    {
        if (_isKeptBack[row, column]) return;
        _isKeptBack[row, column] = true;
        _toCheck.Enqueue((row, column));
    }

    /// <summary>Each row and each column as its parts and, last, their total.</summary>
    private IEnumerable<List<(int Row, int Column)>> Lines()
    {
        for (var row = 0; row <= _totalRow; row++)
            yield return [.. Enumerable.Range(0, _totalColumn + 1).Select(column => (row, column))];
        for (var column = 0; column <= _totalColumn; column++)
            yield return [.. Enumerable.Range(0, _totalRow + 1).Select(row => (row, column))];
    }

    private bool RevealsFewPupils(List<(int Row, int Column)> line)
    {
        if (_isKeptBack[line[^1].Row, line[^1].Column]) return false;
        var missing = line.Where(cell => _isKeptBack[cell.Row, cell.Column]).ToList();
        return missing.Count > 0 && missing.SelectMany(cell => _cells[cell.Row, cell.Column].Pupils).Distinct().Count() < _fewestPupils;
    }

    private void WidenUntilEnoughPupils(List<(int Row, int Column)> line)
    {
        while (RevealsFewPupils(line))
        {
            var (row, column) = Candidates(line).First(); // the total itself is shown, so there is one
            KeepBack(row, column);
        }
    }

    private void KeepBackOthersUntilUnknown((int Row, int Column) cell)
    {
        while (!HasAnotherValue(cell))
        {
            var inItsLines = All().Where(other => other.Row == cell.Row || other.Column == cell.Column);
            var candidates = Candidates(inItsLines).Concat(Candidates(All())).Take(1).ToList();
            if (candidates is not [var (row, column)]) return; // all but zeros is kept back: nothing is left to work it out from
            KeepBack(row, column);
        }
    }

    /// <summary>Shown numbers, those first whose loss costs the least: parts before totals, few pupils and small sums before many. A 0 hides nothing.</summary>
    private IEnumerable<(int Row, int Column)> Candidates(IEnumerable<(int Row, int Column)> among) => among
        .Where(cell => !_isKeptBack[cell.Row, cell.Column] && _cells[cell.Row, cell.Column].Amount > 0)
        .OrderBy(cell => (cell.Row == _totalRow ? 1 : 0) + (cell.Column == _totalColumn ? 1 : 0))
        .ThenBy(cell => _cells[cell.Row, cell.Column].Pupils.Count)
        .ThenBy(cell => _cells[cell.Row, cell.Column].Amount); // of those with enough pupils nobody counted further

    private bool HasAnotherValue((int Row, int Column) cell) =>
        (PassesDown(cell) && CanReach(ColumnNode(cell.Column), cell.Row, cell)) || (PassesUp(cell) && CanReach(cell.Row, ColumnNode(cell.Column), cell));

    /// <summary>A unit more from row to column: a part grows, or a total, which counts against its parts, shrinks.</summary>
    private bool PassesDown((int Row, int Column) cell) => _isKeptBack[cell.Row, cell.Column] && (!IsTotalOfALine(cell) || CanShrink(cell));

    private bool PassesUp((int Row, int Column) cell) => _isKeptBack[cell.Row, cell.Column] && (IsTotalOfALine(cell) || CanShrink(cell));

    /// <summary>The grand total is a total of totals, and so counts as a part does.</summary>
    private bool IsTotalOfALine((int Row, int Column) cell) => (cell.Row == _totalRow) != (cell.Column == _totalColumn);

    private bool CanShrink((int Row, int Column) cell) =>
        _cells[cell.Row, cell.Column].Amount > (IsInSmallSchool(cell) && cell.Column < _totalColumn ? 0 : 1);

    private bool CanReach(int from, int to, (int Row, int Column) withoutCell)
    {
        var seen = new bool[_totalRow + _totalColumn + 2];
        seen[from] = true;
        Queue<int> next = new([from]);
        while (next.TryDequeue(out var node) && !seen[to])
        {
            var (first, count) = node <= _totalRow ? (ColumnNode(0), _totalColumn + 1) : (0, _totalRow + 1);
            for (var other = first; other < first + count; other++)
            {
                var cell = node <= _totalRow ? (Row: node, Column: other - ColumnNode(0)) : (Row: other, Column: node - ColumnNode(0));
                if (seen[other] || cell == withoutCell || !(node <= _totalRow ? PassesDown(cell) : PassesUp(cell))) continue;
                seen[other] = true;
                next.Enqueue(other);
            }
        }

        return seen[to];
    }

    private int ColumnNode(int column) => _totalRow + 1 + column;

    private IEnumerable<(int Row, int Column)> All() =>
        Enumerable.Range(0, _totalRow + 1).SelectMany(row => Enumerable.Range(0, _totalColumn + 1).Select(column => (row, column)));
}
