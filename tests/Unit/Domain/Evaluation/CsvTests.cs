using AV1Relay.Domain.Booking;
using AV1Relay.Domain.Engagement;
using AV1Relay.Domain.Evaluation;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Sessions;
using NodaTime;
using Xunit;

namespace AV1Relay.Tests.Unit.Domain.Evaluation;

public sealed class CsvTests
{
    private static readonly Act Noted = new(default, Instant.FromUtc(2026, 11, 9, 12, 0), "Entered twice");

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

    [Fact]
    public async Task A_ledger_is_written_as_it_is_read()
    {
        static async IAsyncEnumerable<EngagementEntry> Endless()
        {
            for (var number = 0; ; number++)
            {
                await Task.Yield();
                yield return Entry(number);
            }
        }

        var lines = new List<string>();
        await foreach (var line in EvaluationCsv.LinesAsync(Endless(), TestContext.Current.CancellationToken))
        {
            lines.Add(line);
            if (lines.Count == 2) break;
        }

        Assert.Equal(
            [
                "start,with robot,step,minutes,pupil's location,corrected",
                "2026-11-09T10:05:00,no,00000000-0000-0000-0000-000000000000,20,school site,no",
            ],
            lines);
    }

    [Fact]
    public void What_was_struck_out_is_not_written()
    {
        var entry = Entry(1).StrikeOut(Noted).Value;

        Assert.Single(EvaluationCsv.Lines([entry]));
    }

    private static EngagementEntry Entry(int number) => new(
        new EngagementEntryId(new Guid(number, 0, 0, new byte[8])),
        default,
        default,
        new StepTried(default, null, new LocalDateTime(2026, 11, 9, 10, 5), Duration.FromMinutes(20), 1, leftEarly: true, PupilLocation.SchoolSite),
        new EndedBy.Staff(Noted.Who),
        Noted.At);
}
