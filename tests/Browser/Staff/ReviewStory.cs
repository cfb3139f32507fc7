using System.Text;
using System.Text.RegularExpressions;
using AV1Relay.Tests.Rig;
using Microsoft.Playwright;
using Xunit;

namespace AV1Relay.Tests.Browser.Staff;

/// <summary>A review is filled in during the meeting, survives that the sign-in runs out, and is printed on two pages.</summary>
public sealed partial class ReviewStory
{
    private const string Password = "brass otter umbrella";

    [Fact]
    public async Task A_review_is_held_outlives_a_time_out_and_prints_on_two_pages()
    {
        await using var office = await StaffOffice.OpenAsync();
        await using var staff = await StaffBrowser.LaunchAsync();
        var page = staff.Page;
        await staff.AcceptAsync(await office.InviteAsync(office.People.First(person => person.Role == "Sendco"), "sendco@school.example"), Password);
        await page.GetByRole(AriaRole.Link, new() { Name = "Plans", Exact = true }).ClickAsync();
        await page.Locator("tr", new() { HasText = "Active" }).First.GetByRole(AriaRole.Link).ClickAsync();
        await staff.SeenAsync("Plan of", "staff-plan");
        var plan = page.Url;

        await page.GetByRole(AriaRole.Link, new() { Name = "Hold a review" }).ClickAsync();
        await page.GetByLabel("Pupil", new() { Exact = true }).CheckAsync();
        await page.GetByLabel("Parent or carer").CheckAsync();
        await page.GetByLabel("Anybody else?").FillAsync("School nurse, Ms Brown");
        await page.GetByLabel("Stay on this step").CheckAsync();
        await staff.SendAsync("Keep the review");
        await staff.SaysAsync("It is not noted what was tried.");
        await staff.SaysAsync("The outcome lies between −2 and +2.");
        await staff.SaysAsync("There is no date for the next review.");
        await staff.SaysAsync("The pupil's say goes with every change of the plan.");
        await staff.SeenAsync("Hold a review", "staff-review-errors");
        await Assertions.Expect(page.GetByLabel("Parent or carer")).ToBeCheckedAsync();

        await page.GetByLabel("What was tried?").FillAsync(Tried);
        await page.GetByLabel("more than hoped for", new() { Exact = false }).First.CheckAsync();
        await page.GetByLabel("When is the next review?").FillAsync(DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).AddDays(35).ToString("yyyy-MM-dd", null));
        await page.GetByLabel("In the pupil's words").FillAsync("I spoke in maths. Lunch is still loud.");
        await page.GetByText("Parts of the day, and who reads this").ClickAsync();
        await page.GetByLabel("Parts of the day that are manageable").FillAsync("after lunch\nthe library");
        await page.GetByLabel("Keep these words confidential").CheckAsync();
        await page.Context.ClearCookiesAsync(); // as after an hour
        await staff.SendAsync("Keep the review");
        await page.GetByLabel("E-mail address").FillAsync("sendco@school.example");
        await page.GetByLabel("Password").FillAsync(Password);
        await staff.SendAsync("Sign in");
        await page.GetByLabel("Code").FillAsync(Authenticator.CodeAt(staff.Secret, TimeProvider.System.GetUtcNow()));
        await staff.SendAsync("Go on");
        await staff.SeenAsync("Hold a review", "staff-review-restored");
        await Assertions.Expect(page.GetByLabel("What was tried?")).ToHaveValueAsync(Tried);
        await Assertions.Expect(page.GetByText("What you typed before has been kept.")).ToBeVisibleAsync();
        await staff.SendAsync("Keep the review");
        await staff.SeenAsync("Plan of", "staff-plan-reviewed");
        await Assertions.Expect(page.GetByText("The review is kept.")).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "Print" }).First.ClickAsync();
        await staff.SeenAsync("Review of", "staff-review-print");
        Assert.DoesNotContain("Lunch is still loud.", await page.Locator("main").InnerTextAsync(), StringComparison.Ordinal); // it goes round the table
        await page.GetByRole(AriaRole.Link, new() { Name = "Show it with its confidential parts" }).ClickAsync();
        await staff.SeenAsync("Confidential", "staff-review-print-confidential");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Lunch is still loud.");
        await page.GoBackAsync();
        var pdf = Encoding.Latin1.GetString(await page.PdfAsync(new() { Format = "A4", PreferCSSPageSize = true }));
        Assert.InRange(Page().Count(pdf), 1, 2);
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        await Screens.KeepAsync(page, "staff-review-paper");
        await page.EmulateMediaAsync(new() { Media = Media.Screen });

        await page.SetViewportSizeAsync(390, 844);
        await page.GotoAsync(plan);
        await staff.SeenAsync("Plan of", "staff-plan-one-page-phone");
        await page.GetByRole(AriaRole.Link, new() { Name = "Hold a review" }).ClickAsync();
        await staff.SeenAsync("Hold a review", "staff-review-phone");
        Assert.Empty(staff.Errors);
    }

    /// <summary>As much as the field holds, as somebody may write it down over half a term.</summary>
    private static string Tried { get; } = string.Join(' ', Enumerable.Range(0, 60).Select(index =>
        $"{Lessons[index % Lessons.Length]} in week {1 + (index / 9)}: {Did[index % Did.Length]}, {Felt[index % Felt.Length]}."))[..3_900];

    private static string[] Lessons => ["Maths", "Art", "Science", "Tutor time", "English", "History", "Music", "Drama", "The library at break"];

    private static string[] Did => ["listened with the robot", "looked round the room and read the board", "asked one question", "worked with a buddy", "came in person for ten minutes"];

    private static string[] Felt => ["and stayed to the end", "and took a minute in between", "which felt easier than before", "which was loud", "and would like to do it again", "and left a little early", "with the key adult near"];

    [GeneratedRegex(@"/Type\s*/Page\b(?!s)")]
    private static partial Regex Page();
}
