using System.Globalization;
using System.Xml;
using AV1Relay.Domain.Referrals;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;

namespace AV1Relay.StaffConsole.Documents;

/// <summary>A referral as a Word document (ECMA-376): real headings, paragraphs and tables, in British English, so that a screen reader finds its way.</summary>
internal static class WordDocument
{
    public const string ContentType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

    private const string Language = "en-GB";
    private const string TableStyleId = "TableGrid";
    private const string TitleStyleId = "Title";

    public static byte[] Write(ReferralDocument document)
    {
        using var stream = new MemoryStream();
        using (var word = WordprocessingDocument.Create(stream, WordprocessingDocumentType.Document))
        {
            word.PackageProperties.Title = Clean(document.Title);
            word.PackageProperties.Language = Language;
            var main = word.AddMainDocumentPart();
            main.AddNewPart<StyleDefinitionsPart>().Styles = Styles();
            main.Document = new Document(new Body(
            [
                Styled(TitleStyleId, document.Title), .. document.Blocks.SelectMany(Blocks),
                new SectionProperties(new PageSize { Width = 11906, Height = 16838 }, new PageMargin { Top = 1134, Bottom = 1134, Left = 1134, Right = 1134 }), // A4
            ]));
        }

        return stream.ToArray();
    }

    private static IEnumerable<OpenXmlElement> Blocks(DocumentBlock block) => block switch
    {
        DocumentBlock.Heading heading => [Styled(HeadingId(heading.Level), heading.Text)],
        DocumentBlock.Paragraph paragraph => paragraph.Text.Split('\n').Select(line => new Paragraph(Said(line))),
        DocumentBlock.Table table => [TableOf(table), new Paragraph()], // tables that touch are one to a reader
        _ => throw new ArgumentOutOfRangeException(nameof(block), block, "Nobody has said how this is written."),
    };

    private static Table TableOf(DocumentBlock.Table block)
    {
        var hasHeader = block.Header.Length > 0;
        var look = new TableLook { FirstRow = hasHeader, FirstColumn = !hasHeader };
        var table = new Table(new TableProperties(
            new TableStyle { Val = TableStyleId }, new TableWidth { Width = "5000", Type = TableWidthUnitValues.Pct }, look));
        var columns = hasHeader ? block.Header.Length : block.Rows.Select(row => row.Length).DefaultIfEmpty(1).Max();
        table.Append(new TableGrid(Enumerable.Range(0, columns).Select(_ => new GridColumn())));
        if (hasHeader)
            table.Append(new TableRow([new TableRowProperties(new TableHeader()), .. block.Header.Select(text => CellOf(text, isHeader: true))]));
        foreach (var row in block.Rows)
            table.Append(new TableRow(row.Select((text, column) => CellOf(text, isHeader: !hasHeader && column == 0))));
        return table;
    }

    private static TableCell CellOf(string text, bool isHeader)
    {
        var run = Said(text);
        if (isHeader) run.RunProperties = new RunProperties(new Bold());
        return new TableCell(new Paragraph(run));
    }

    private static Paragraph Styled(string style, string text) => new(new ParagraphProperties(new ParagraphStyleId { Val = style }), Said(text));

    private static Run Said(string text) => new(new Text(Clean(text)) { Space = SpaceProcessingModeValues.Preserve });

    /// <summary>People paste characters that XML doesn't have.</summary>
    private static string Clean(string text)
    {
        if (text.All(XmlConvert.IsXmlChar)) return text;
        return string.Concat(text.EnumerateRunes().Where(rune => rune.Utf16SequenceLength == 2 || XmlConvert.IsXmlChar((char)rune.Value)));
    }

    private static string HeadingId(int level) => string.Create(CultureInfo.InvariantCulture, $"Heading{level}");

    private static Styles Styles() => new(
        new DocDefaults(
            new RunPropertiesDefault(new RunPropertiesBaseStyle(
                new RunFonts { Ascii = "Arial", HighAnsi = "Arial", ComplexScript = "Arial" }, new FontSize { Val = "24" }, new Languages { Val = Language })),
            new ParagraphPropertiesDefault(new ParagraphPropertiesBaseStyle(new SpacingBetweenLines { After = "120", Line = "276" }))),
        new Style(new StyleName { Val = "Normal" }) { Type = StyleValues.Paragraph, StyleId = "Normal", Default = true },
        Heading(TitleStyleId, "Title", size: 40, outline: null),
        Heading(HeadingId(1), "heading 1", size: 32, outline: 0),
        Heading(HeadingId(2), "heading 2", size: 26, outline: 1),
        new Style(
            new StyleName { Val = "Table Grid" },
            new StyleTableProperties(new TableBorders(
                Line<TopBorder>(), Line<LeftBorder>(), Line<BottomBorder>(), Line<RightBorder>(), Line<InsideHorizontalBorder>(), Line<InsideVerticalBorder>())))
        { Type = StyleValues.Table, StyleId = TableStyleId });

    /// <param name="size">In half points.</param>
    /// <param name="outline">0 is the first level; null: not in the outline.</param>
    private static Style Heading(string id, string name, int size, int? outline)
    {
        var paragraph = new StyleParagraphProperties(new KeepNext(), new SpacingBetweenLines { Before = "240", After = "120" });
        if (outline is { } level) paragraph.Append(new OutlineLevel { Val = level });
        return new Style(
            new StyleName { Val = name }, new BasedOn { Val = "Normal" }, new NextParagraphStyle { Val = "Normal" }, new PrimaryStyle(), paragraph,
            new StyleRunProperties(new Bold(), new FontSize { Val = size.ToString(CultureInfo.InvariantCulture) }))
        { Type = StyleValues.Paragraph, StyleId = id };
    }

    private static T Line<T>()
        where T : BorderType, new() => new() { Val = BorderValues.Single, Size = 4, Color = "808080" };
}
