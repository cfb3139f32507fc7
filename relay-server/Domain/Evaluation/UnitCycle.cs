namespace AV1Relay.Domain.Evaluation;

/// <summary>Whether a number that is kept back in a table with totals could be another one, for a reader who knows everything shown and that nothing is negative.</summary>
/// <remarks>
/// Cells are edges between their row and their column, as in network flow: a number can be another one if and only if one unit more or less can go round a
/// cycle of numbers kept back without any of them falling below its least value.
/// </remarks>
/// <param name="cells">The last row and column are the totals.</param>
/// <param name="isKeptBack">Of each cell.</param>
/// <param name="leastOf">What a reader knows a number kept back to be at least.</param>
/// <param name="against">A second table of the same kind, where the unit goes round the other way, so that the sums of both stay what they are. Null: there is none.</param>
internal sealed class UnitCycle(
    TalliedCell[,] cells, Func<(int Row, int Column), bool> isKeptBack, Func<(int Row, int Column), long> leastOf, TalliedCell[,]? against = null)
{
    private readonly int _totalRow = cells.GetLength(0) - 1;
    private readonly int _totalColumn = cells.GetLength(1) - 1;

    public bool Exists((int Row, int Column) through) =>
        (PassesDown(through) && CanReach(ColumnNode(through.Column), through.Row, through)) || (PassesUp(through) && CanReach(through.Row, ColumnNode(through.Column), through));

    /// <summary>A unit more from row to column: a part grows, or a total, which counts against its parts, shrinks.</summary>
    private bool PassesDown((int Row, int Column) cell) => isKeptBack(cell) && CanShrink(IsTotalOfALine(cell) ? cells : against, cell);

    private bool PassesUp((int Row, int Column) cell) => isKeptBack(cell) && CanShrink(IsTotalOfALine(cell) ? against : cells, cell);

    /// <summary>The grand total is a total of totals, and so counts as a part does.</summary>
    private bool IsTotalOfALine((int Row, int Column) cell) => (cell.Row == _totalRow) != (cell.Column == _totalColumn);

    private bool CanShrink(TalliedCell[,]? table, (int Row, int Column) cell) => table is null || table[cell.Row, cell.Column].Amount > leastOf(cell);

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
}
