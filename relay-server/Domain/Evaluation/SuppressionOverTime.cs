namespace AV1Relay.Domain.Evaluation;

/// <summary>Decides once for a year, its terms and their months what is kept back, so that asking for one after the other gives nothing away.</summary>
/// <remarks>
/// What is kept back of a longer span is kept back of each shorter one within it, and in each span of one length the same cells are. So a number about few
/// pupils can be worked out from others if and only if no unit can go round a cycle of numbers kept back (<see cref="UnitCycle"/>) either in its own span,
/// where the cycle is kept back in the longest one too, or there and, the other way round, in another span, where the cycle is kept back in all spans that
/// hold only one of the two. Where none can, more is kept back, at last all that is not 0.
/// </remarks>
internal sealed class SuppressionOverTime
{
    private readonly IReadOnlyList<Suppression> _lengths;
    private readonly IReadOnlyList<IReadOnlyList<int>> _within;

    /// <param name="lengths">The longest first; the spans of each make up those of the one before.</param>
    /// <param name="within">Of each length and each of its spans, in which span of the length before it lies; 0 for the longest.</param>
    public SuppressionOverTime(IReadOnlyList<IReadOnlyList<TalliedCell[,]>> lengths, IReadOnlyList<IReadOnlyList<int>> within, int fewestPupils)
    {
        (_lengths, _within) = ([.. lengths.Select(spans => new Suppression(spans, fewestPupils))], within);
        do
        {
            for (var length = 0; length < _lengths.Count; length++)
            {
                if (length > 0) PassDown(length);
                _lengths[length].Settle();
            }
        }
        while (Enumerable.Range(1, _lengths.Count - 1).Any(KeepBackWhatGivesAway));
    }

    public Figure[,] Publish(int length, int span) => _lengths[length].Publish(_lengths[length].Spans[span]);

    private void PassDown(int length)
    {
        foreach (var cell in _lengths[length].All().Where(_lengths[length - 1].IsKeptBack)) _lengths[length].KeepBack(cell.Row, cell.Column);
    }

    private bool KeepBackWhatGivesAway(int length)
    {
        var changed = false;
        var here = _lengths[length];
        for (var span = 0; span < here.Spans.Count; span++)
        {
            foreach (var cell in here.All().Where(cell => here.IsOfFew(cell, here.Spans[span])))
            {
                while (!HasAnotherValue(length, span, cell) && KeepBackMore(length, span, cell)) changed = true;
            }
        }

        return changed;
    }

    private bool HasAnotherValue(int length, int span, (int Row, int Column) cell)
    {
        var spans = _lengths[length].Spans;
        if (Exists(spans[span], 0, null)) return true;
        for (var ancestors = length; ancestors > 0; ancestors--) // the nearest first
        {
            for (var other = 0; other < spans.Count; other++)
            {
                if (other != span && Ancestor(length, other, ancestors - 1) == Ancestor(length, span, ancestors - 1)
                    && Ancestor(length, other, ancestors) != Ancestor(length, span, ancestors) && Exists(spans[span], ancestors, spans[other]))
                    return true;
            }
        }

        return false;

        bool Exists(TalliedCell[,] table, int keptBackOf, TalliedCell[,]? against) =>
            _lengths[keptBackOf].IsKeptBack(cell) && new UnitCycle(table, _lengths[keptBackOf].IsKeptBack, _lengths[length].LeastOf, against).Exists(cell);
    }

    /// <summary>In which span of a longer length one lies.</summary>
    private int Ancestor(int length, int span, int of)
    {
        for (; length > of; length--) span = _within[length][span];
        return span;
    }

    /// <summary>One number more, of the shortest length at which it is shown; the number itself first, and then those that could go round with it.</summary>
    /// <returns>False: there is none left that is not 0.</returns>
    private bool KeepBackMore(int length, int span, (int Row, int Column) cell)
    {
        var here = _lengths[length];
        var inItsLines = here.All().Where(other => other.Row == cell.Row || other.Column == cell.Column);
        foreach (var (row, column) in here.ByLoss(here.Spans[span], inItsLines).Concat(here.ByLoss(here.Spans[span], here.All())).Prepend(cell))
        {
            for (var shown = length; shown >= 0; shown--)
            {
                if (_lengths[shown].IsKeptBack((row, column))) continue;
                _lengths[shown].KeepBack(row, column);
                return true;
            }
        }

        return false;
    }
}
