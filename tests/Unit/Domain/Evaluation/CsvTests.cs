using AV1Relay.Domain.Evaluation;
using Xunit;

namespace AV1Relay.Tests.Unit.Domain.Evaluation;

public sealed class CsvTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("", "")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("say \"hi\"", "\"say \"\"hi\"\"\"")]
    [InlineData("two\nlines", "\"two\nlines\"")]
    public void Commas_quotes_and_line_ends_stay_inside_their_field(string text, string written) =>
        Assert.Equal(written, CsvField.Text(text).ToString());

    [Theory]
    [InlineData("=1+1")]
    [InlineData("+1")]
    [InlineData("-1")]
    [InlineData("@SUM(A1)")]
    [InlineData(" =1+1")]
    [InlineData("\t1")]
    [InlineData("\uFF1D1")]
    public void A_text_that_a_spreadsheet_would_run_stays_a_text(string text) =>
        Assert.StartsWith("'", CsvField.Text(text).ToString(), StringComparison.Ordinal);

    [Fact]
    public void A_formula_with_a_comma_is_guarded_inside_its_quotes() =>
        Assert.Equal("\"'=HYPERLINK(\"\"x\"\",1)\"", CsvField.Text("=HYPERLINK(\"x\",1)").ToString());

    [Fact]
    public void A_negative_number_stays_a_number() => Assert.Equal("-3", CsvField.Number(-3).ToString());

    [Fact]
    public void Rows_are_written_as_they_are_asked_for()
    {
        var read = 0;
        IEnumerable<int> Endless()
        {
            while (true)
                yield return read++;
        }

        var lines = Csv.Lines(["number"], Endless(), number => [CsvField.Number(number)]).Take(3).ToList();

        Assert.Equal(["number", "0", "1"], lines);
        Assert.Equal(2, read);
    }
}
