namespace AV1Relay.Domain.Evaluation;

/// <summary>Keeps back small numbers of a table with totals, and enough others that none of them can be worked out.</summary>
/// <remarks>
/// <para>The table stands for one or several spans of time beside each other, months for one: what is kept back in one of them is kept back in each.</para>
/// <para>Kept back first: sums of fewer pupils than the setting, and all of a school that has fewer altogether. Then others until</para>
/// <para>(1) whatever a shown total reveals about the parts missing from it is about enough pupils, or about nobody in that span, and</para>
/// <para>(2) each number kept back has at least two possible values for a reader who knows everything shown (<see cref="UnitCycle"/>), that nothing is
/// negative, and that of a single span, outside small schools, a 0 would have been shown.</para>
/// </remarks>
internal sealed class Suppression
{
    private readonly IReadOnlyList<TalliedCell[,]> _spans;
    private readonly bool[,] _isKeptBack;
    private readonly int _fewestPupils;
    private readonly int _totalRow;
    private readonly int _totalColumn;
    private readonly Queue<(int Row, int Column)> _toCheck = [];

    /// <param name="spans">Of each its cells; the last row and column are the totals.</param>
    public Suppression(IReadOnlyList<TalliedCell[,]> spans, int fewestPupils)
    {
        (_spans, _fewestPupils) = (spans, fewestPupils);
        (_totalRow, _totalColumn) = (spans[0].GetLength(0) - 1, spans[0].GetLength(1) - 1);
        _isKeptBack = new bool[_totalRow + 1, _totalColumn + 1];
        foreach (var (row, column) in All().Where(IsSmall))
            KeepBack(row, column);
    }

    public IReadOnlyList<TalliedCell[,]> Spans => _spans;

    public bool IsKeptBack((int Row, int Column) cell) => _isKeptBack[cell.Row, cell.Column];

    public void KeepBack(int row, int column)
    {
        if (_isKeptBack[row, column]) return;
        _isKeptBack[row, column] = true;
        _toCheck.Enqueue((row, column));
    }

    /// <summary>Keeps back what else it takes.</summary>
    public void Settle()
    {
        do
        {
            foreach (var line in Lines())
                WidenUntilEnoughPupils(line);
            while (_toCheck.TryDequeue(out var cell))
                KeepBackOthersUntilUnknown(cell); // what is unknown once stays so: keeping more back only opens more cycles
        }
        while (Lines().Any(line => _spans.Any(span => RevealsFewPupils(line, span))));
    }

    public Figure[,] Publish(TalliedCell[,] span)
    {
        var figures = new Figure[_totalRow + 1, _totalColumn + 1];
        foreach (var (row, column) in All().Where(cell => !IsKeptBack(cell)))
            figures[row, column] = Figure.Of(span[row, column].Amount);
        return figures;
    }

    /// <summary>Somebody, but too few to be told of.</summary>
    public bool IsOfFew((int Row, int Column) cell, TalliedCell[,] span) =>
        span[cell.Row, cell.Column] is { Amount: > 0 } tallied && tallied.Pupils.Count < _fewestPupils;

    /// <summary>What a reader knows a number kept back to be at least.</summary>
    public long LeastOf((int Row, int Column) cell) => _spans.Count > 1 || (IsInSmallSchool(cell) && cell.Column < _totalColumn) ? 0 : 1;

    /// <summary>Numbers of a span, those first whose loss costs the least: parts before totals, few pupils and small sums before many. A 0 hides nothing.</summary>
    public IEnumerable<(int Row, int Column)> ByLoss(TalliedCell[,] span, IEnumerable<(int Row, int Column)> among) => among
        .Where(cell => span[cell.Row, cell.Column].Amount > 0)
        .OrderBy(cell => (cell.Row == _totalRow ? 1 : 0) + (cell.Column == _totalColumn ? 1 : 0))
        .ThenBy(cell => span[cell.Row, cell.Column].Pupils.Count)
        .ThenBy(cell => span[cell.Row, cell.Column].Amount); // of those with enough pupils nobody counted further

    public IEnumerable<(int Row, int Column)> All() =>
        Enumerable.Range(0, _totalRow + 1).SelectMany(row => Enumerable.Range(0, _totalColumn + 1).Select(column => (row, column)));

    private bool IsSmall((int Row, int Column) cell) => IsInSmallSchool(cell) || _spans.Any(span => IsOfFew(cell, span));

    private bool IsInSmallSchool((int Row, int Column) cell) => cell.Row < _totalRow && _spans.All(span => span[cell.Row, _totalColumn].Pupils.Count < _fewestPupils);

    /// <summary>Each row and each column as its parts and, last, their total.</summary>
    private IEnumerable<List<(int Row, int Column)>> Lines()
    {
        for (var row = 0; row <= _totalRow; row++)
            yield return [.. Enumerable.Range(0, _totalColumn + 1).Select(column => (row, column))];
        for (var column = 0; column <= _totalColumn; column++)
            yield return [.. Enumerable.Range(0, _totalRow + 1).Select(row => (row, column))];
    }

    private bool RevealsFewPupils(List<(int Row, int Column)> line, TalliedCell[,] span)
    {
        if (IsKeptBack(line[^1])) return false;
        var missing = line.Where(IsKeptBack).ToList();
        if (missing.Count == 0) return false;
        var pupils = missing.SelectMany(cell => span[cell.Row, cell.Column].Pupils).Distinct().Take(_fewestPupils).Count();
        return pupils < _fewestPupils && (pupils > 0 || _spans.Count == 1);
    }

    private void WidenUntilEnoughPupils(List<(int Row, int Column)> line)
    {
        foreach (var span in _spans)
        {
            while (RevealsFewPupils(line, span))
            {
                var (row, column) = Candidates(span, line).First(); // the total itself is shown, so there is one
                KeepBack(row, column);
            }
        }
    }

    private void KeepBackOthersUntilUnknown((int Row, int Column) cell)
    {
        foreach (var span in _spans)
        {
            if (_spans.Count > 1 && span[cell.Row, cell.Column].Amount == 0) continue; // nobody, among months with somebody
            while (!new UnitCycle(span, IsKeptBack, LeastOf).Exists(cell))
            {
                var inItsLines = All().Where(other => other.Row == cell.Row || other.Column == cell.Column);
                var candidates = Candidates(span, inItsLines).Concat(Candidates(span, All())).Take(1).ToList();
                if (candidates is not [var (row, column)]) break; // all but zeros is kept back: nothing is left to work it out from
                KeepBack(row, column);
            }
        }
    }

    private IEnumerable<(int Row, int Column)> Candidates(TalliedCell[,] span, IEnumerable<(int Row, int Column)> among) =>
        ByLoss(span, among.Where(cell => !IsKeptBack(cell)));
}
