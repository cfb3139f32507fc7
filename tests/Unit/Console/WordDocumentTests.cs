using AV1Relay.Domain.Referrals;
using AV1Relay.StaffConsole.Documents;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using DocumentFormat.OpenXml.Wordprocessing;
using Xunit;
using Given = AV1Relay.Tests.Unit.Domain.Referrals.Given;

namespace AV1Relay.Tests.Unit.Console;

/// <summary>A referral in Word: opened again and looked at.</summary>
public sealed class WordDocumentTests
{
    private static ReferralDocument Whole { get; } =
        ReferralDocument.Of(Given.SignedOff(), new ReferralNames("A pupil", "A school", "The SENDCo"), Given.London);

    [Fact]
    public void It_follows_the_schema() => Look(Whole, word => Assert.Empty(new OpenXmlValidator(FileFormatVersions.Office2019).Validate(word)));

    [Fact]
    public void Its_headings_are_headings_in_their_order() => Look(Whole, word => Assert.Equal(
        Whole.Blocks.OfType<DocumentBlock.Heading>().Select(heading => ($"Heading{heading.Level}", heading.Text)).Prepend(("Title", Whole.Title)),
        Body(word).Elements<Paragraph>().Where(paragraph => paragraph.ParagraphProperties?.ParagraphStyleId is not null)
            .Select(paragraph => (paragraph.ParagraphProperties!.ParagraphStyleId!.Val!.Value!, paragraph.InnerText))));

    [Fact]
    public void Its_tables_are_tables_with_a_header_that_is_repeated() => Look(Whole, word =>
    {
        var tables = Whole.Blocks.OfType<DocumentBlock.Table>().ToList();
        Assert.Equal(
            tables.Select(table => string.Join('|', table.Header.Concat(table.Rows.SelectMany(row => row)))),
            Body(word).Elements<Table>().Select(table => string.Join('|', table.Descendants<TableCell>().Select(cell => cell.InnerText))));
        Assert.Equal(tables.Count(table => table.Header.Length > 0), Body(word).Descendants<TableHeader>().Count());
    });

    [Fact]
    public void It_is_in_British_English_and_has_its_title() => Look(Whole, word =>
    {
        Assert.Equal("en-GB", Assert.Single(word.MainDocumentPart!.StyleDefinitionsPart!.Styles!.Descendants<Languages>()).Val?.Value);
        Assert.Equal(Whole.Title, word.PackageProperties.Title);
    });

    [Fact]
    public void What_people_paste_is_written_without_what_a_document_can_not_hold()
    {
        var pasted = new ReferralDocument("A title", [new DocumentBlock.Paragraph("One\u0000 <b>&\u000b two \ud83d\ude00\ud83d\nThree")]);

        Look(pasted, word => Assert.Equal(
            ["A title", "One <b>& two \ud83d\ude00\ufffd", "Three"], Body(word).Elements<Paragraph>().Select(paragraph => paragraph.InnerText)));
    }

    private static Body Body(WordprocessingDocument word) => word.MainDocumentPart!.Document!.Body!; // it has just been written

    private static void Look(ReferralDocument document, Action<WordprocessingDocument> at)
    {
        using var stream = new MemoryStream(WordDocument.Write(document));
        using var word = WordprocessingDocument.Open(stream, isEditable: false);
        at(word);
    }
}
