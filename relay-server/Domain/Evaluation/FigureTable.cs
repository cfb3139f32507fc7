using System.Collections.Immutable;
using AV1Relay.Domain.People;

namespace AV1Relay.Domain.Evaluation;

/// <summary>Schools by categories, with totals; what could tell of a pupil is kept back.</summary>
/// <remarks>
/// Always true: a figure that fewer pupils than the setting stand behind is kept back, and so are as many others as it takes that no
/// figure kept back follows from those shown and their totals (<see cref="Suppression"/>), nor a small one from the tables of other spans of time
/// (<see cref="SuppressionOverTime"/>). A school with too few pupils shows nothing; elsewhere "nobody" is shown as 0.
/// </remarks>
public sealed class FigureTable
{
    private readonly Figure[,] _figures; // the last row and column are the totals

    internal FigureTable(ImmutableArray<SchoolId> schools, ImmutableArray<string> categories, Figure[,] figures) =>
        (Schools, Categories, _figures) = (schools, categories, figures);

    /// <summary>In the order of their ids, so that the order tells nothing.</summary>
    public ImmutableArray<SchoolId> Schools { get; }

    public ImmutableArray<string> Categories { get; }

    public Figure Total => _figures[Schools.Length, Categories.Length];

    /// <summary>0 for a category that is nowhere in the table; kept back for a school that is not in it.</summary>
    public Figure this[SchoolId school, string category] => Find(Schools.IndexOf(school), Categories.IndexOf(category, 0, StringComparer.Ordinal));

    public Figure TotalOf(SchoolId school) => Schools.IndexOf(school) is >= 0 and var row ? _figures[row, Categories.Length] : Figure.KeptBack;

    public Figure TotalOf(string category) => Find(Schools.Length, Categories.IndexOf(category, 0, StringComparer.Ordinal));

    private Figure Find(int row, int column) => row < 0 ? Figure.KeptBack : column < 0 ? Figure.Of(0) : _figures[row, column];
}
