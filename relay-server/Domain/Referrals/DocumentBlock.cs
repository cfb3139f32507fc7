using System.Collections.Immutable;

namespace AV1Relay.Domain.Referrals;

/// <summary>One block of a document, for a renderer to lay out.</summary>
public abstract record DocumentBlock
{
    private DocumentBlock()
    {
    }

    /// <remarks>Keeps personal words out of logs.</remarks>
    public sealed override string ToString() => GetType().Name;

    /// <param name="Level">1 for a part, 2 for an item in it; the title stands above both.</param>
    public sealed record Heading(int Level, string Text) : DocumentBlock;

    public sealed record Paragraph(string Text) : DocumentBlock;

    /// <summary>Always true: each row is as long as the header, where there is one.</summary>
    public sealed record Table : DocumentBlock
    {
        /// <param name="header">Empty for a table of labels and values, whose first column is its header.</param>
        /// <exception cref="ArgumentException">A row that is longer or shorter than the header.</exception>
        public Table(ImmutableArray<string> header, ImmutableArray<ImmutableArray<string>> rows)
        {
            (Header, Rows) = (header.IsDefault ? [] : header, rows.IsDefault ? [] : rows);
            if (Header.Length > 0 && Rows.Any(row => row.Length != Header.Length)) throw new ArgumentException("A row fits its header.", nameof(rows));
        }

        public ImmutableArray<string> Header { get; }

        public ImmutableArray<ImmutableArray<string>> Rows { get; }
    }
}
