using System.Net;
using System.Text.RegularExpressions;
using Xunit;

namespace AV1Relay.Tests.Integration.Relay;

/// <summary>A page's form, sent as a browser without script sends it: with what is hidden in it, and with what somebody filled in.</summary>
internal static partial class StaffForms
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<string> ReadAsync(this HttpClient browser, string page)
    {
        using var answer = await browser.GetAsync(new Uri(page, UriKind.Relative), Cancellation);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{page}: {answer.StatusCode} {answer.Headers.Location}");
        return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Cancellation));
    }

    /// <param name="form">Its name.</param>
    /// <returns>The page that comes back, or the address that it leads to.</returns>
    public static async Task<Sent> SendAsync(this HttpClient browser, string page, string form, params (string Name, string Value)[] filled)
    {
        using var shown = await browser.GetAsync(new Uri(page, UriKind.Relative), Cancellation);
        var html = await shown.Content.ReadAsStringAsync(Cancellation);
        var its = Forms().Matches(html).Select(found => found.Value).FirstOrDefault(found => found.Contains($"name=\"_handler\" value=\"{form}\"", StringComparison.Ordinal));
        Assert.True(its is not null, $"{page} has no form {form}: {html}");
        using var content = new FormUrlEncodedContent(HiddenIn(its).Concat(filled.Select(field => KeyValuePair.Create(field.Name, field.Value))));
        using var answer = await browser.PostAsync(new Uri(page, UriKind.Relative), content, Cancellation);
        return new Sent(answer.StatusCode, WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Cancellation)), answer.Headers.Location?.OriginalString ?? "");
    }

    /// <summary>What a form sends besides what somebody fills in.</summary>
    public static IEnumerable<KeyValuePair<string, string>> HiddenIn(string form) => Inputs().Matches(form).Select(found => found.Value)
        .Where(input => ValueOf(input, "type") == "hidden").Select(input => KeyValuePair.Create(ValueOf(input, "name"), ValueOf(input, "value")));

    [GeneratedRegex("<form.*?</form>", RegexOptions.Singleline)]
    private static partial Regex Forms();

    [GeneratedRegex("<input[^>]*>")]
    private static partial Regex Inputs();

    private static string ValueOf(string input, string attribute) => WebUtility.HtmlDecode(Regex.Match(input, $"\\b{attribute}=\"([^\"]*)\"").Groups[1].Value);
}

/// <param name="To">Where it leads; empty: nowhere, the page has come back.</param>
internal sealed record Sent(HttpStatusCode Status, string Page, string To)
{
    /// <summary>What is wrong, as it stands beside that field.</summary>
    public string Beside(string field) =>
        Regex.Match(Page, $"id=\"{Regex.Escape(field)}-error\"[^>]*>(.*?)</p>", RegexOptions.Singleline) is { Success: true } found
            ? found.Groups[1].Value.Replace("<span class=\"unseen\">Error: </span>", "", StringComparison.Ordinal)
            : $"Nothing stands beside {field}: {Status} {To} {Regex.Match(Page, "<div class=\"error-summary\".*?</div>", RegexOptions.Singleline).Value}";
}
