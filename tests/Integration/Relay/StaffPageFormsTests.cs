using System.Net;
using AV1Relay.Application.People;
using AV1Relay.Domain.Access;
using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Refusals;
using Microsoft.Extensions.DependencyInjection;
using NodaTime.Text;
using Xunit;

namespace AV1Relay.Tests.Integration.Relay;

/// <summary>What pages say and take, and what they answer to what no browser would send.</summary>
public sealed class StaffPageFormsTests(StaffCast cast) : IClassFixture<StaffCast>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Plan => $"/staff/plans/{cast.Plan}";

    [Fact]
    public async Task Who_chooses_somebody_and_enters_somebody_new_is_asked_which()
    {
        using var sendco = await SendcoAsync();
        var parent = cast.Find(nameof(Role.Parent)).Who.ToString();

        var access = await sendco.SendAsync(
            $"{Plan}/access/add", "give", ("Typed.Role", "ExternalProfessional-ReadsConfidentialParts"), ("Typed.Who", parent), ("Typed.Name", "Dr Okafor"),
            ("Typed.LastDay", Day(14)));
        var entered = await sendco.SendAsync(
            $"/staff/people/pupils/{cast.Session.Booked.Pupil}/parents/add", "add", ("Typed.Who", parent), ("Typed.Name", "Ms New"), ("Typed.LivesWith", "yes"));

        Assert.Equal("Choose somebody, or enter somebody new: not both.", access.Beside("Typed.Who"));
        Assert.Equal("Choose somebody, or enter somebody new: not both.", entered.Beside("Typed.Who"));
        Assert.Contains("value=\"Dr Okafor\"", access.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_was_given_access_is_named()
    {
        using var sendco = await SendcoAsync();

        var given = await sendco.SendAsync(
            $"{Plan}/access/add", "give", ("Typed.Role", "ExternalProfessional-None"), ("Typed.Name", "Dr Okafor"), ("Typed.LastDay", Day(14)));

        Assert.Contains("Dr Okafor has access to the plan of", await sendco.ReadAsync(Relative(given.To)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_stands_beside_what_it_is_about()
    {
        using var sendco = await SendcoAsync();
        var person = $"/staff/people/{cast.Find(nameof(Role.Teacher)).Who}";
        var tooLong = new string('a', TextLimits.LongestWords + 1);

        Assert.Contains(
            "That is not an e-mail address.",
            (await sendco.SendAsync(person, "card", ("Card.Name", "Ms Tern"), ("Card.Email", "tern"))).Beside("Card.Email"), StringComparison.Ordinal);
        Assert.Contains(
            "no last day has been given",
            (await sendco.SendAsync($"{Plan}/access/add", "give", ("Typed.Role", "ExternalProfessional-None"), ("Typed.Name", "Dr Owl"))).Beside("Typed.LastDay"),
            StringComparison.Ordinal);
        Assert.Contains(
            "not the date of birth of a pupil",
            (await sendco.SendAsync("/staff/people/pupils/add", "add", ("Typed.Name", "Wren"), ("Typed.Born", "1950-01-01"))).Beside("Typed.Born"), StringComparison.Ordinal);
        Assert.Contains(
            "What the parents say is longer than",
            (await sendco.SendAsync(
                $"{Plan}/arrangements/new", "terms", ("Terms.AskedOn", Day(0)), ("Terms.PupilsWords", "Fine"), ("Terms.ParentsWords", tooLong))).Beside("Terms.ParentsWords"),
            StringComparison.Ordinal);
        Assert.Contains(
            "The reason has more than",
            (await sendco.SendAsync($"{Plan}/goal", "goal", ("Typed.Goal", "Choir"), ("Typed.Place", "Hall"), ("Typed.Say.ChoseNotToSay", "true"), ("Typed.Why", tooLong)))
                .Beside("Typed.Why"),
            StringComparison.Ordinal);
        Assert.Contains(
            "not all in this academic year",
            (await sendco.SendAsync(
                $"{Plan}/referrals", "missed", ("Entered.From", "2199-01-01"), ("Entered.To", "2199-01-01"), ("Entered.Half", "both"), ("Entered.What", "health")))
                .Beside("Entered.From"),
            StringComparison.Ordinal);
        Assert.Contains(
            "The next contact is not after this one.",
            (await sendco.SendAsync(
                $"{Plan}/contacts/new", "contact", ("Entry.With", "Pupil"), ("Entry.Manner", "Call"), ("Entry.By", cast.Find(nameof(Role.Sendco)).Who.ToString()),
                ("Entry.Date", Day(-1)), ("Entry.At", "08:00"), ("Entry.Note", "All well."), ("Entry.NextDue", Day(-9)))).Beside("Entry.NextDue"),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_booking_says_beside_each_field_what_stands_against_it()
    {
        using var sendco = await SendcoAsync();

        var past = await BookAsync(sendco, ("Wish.Date", "2020-01-06"), ("Wish.Minutes", "900"));

        Assert.Contains("That time has gone by.", past.Beside("Wish.Date"), StringComparison.Ordinal);
        Assert.Contains("That is longer than the step says.", past.Beside("Wish.Minutes"), StringComparison.Ordinal);
        Assert.Contains("It is not said where the robot will be.", past.Beside("Wish.Room"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_value_that_no_form_offers_and_a_day_beyond_all_calendars_are_asked_for_again()
    {
        using var sendco = await SendcoAsync();
        using var keyAdult = await cast.BrowserOfAsync(cast.Find("OtherKeyAdult").Who); // whose pupil is below the top of their ladder

        Assert.Equal("Say where the pupil will be.", (await BookAsync(sendco, ("Wish.Location", "99"))).Beside("Wish.Location"));
        Assert.Equal("Enter the day.", (await BookAsync(sendco, ("Wish.Date", "9999-12-31"), ("Wish.Weeks", "20"))).Beside("Wish.Date"));
        Assert.Equal(
            "Choose what is decided.",
            (await sendco.SendAsync($"{Plan}/review", "review", ("Typed.HeldOn", Day(0)), ("Typed.Decision", "99"), ("Typed.Tried", "x"))).Beside("Typed.Decision"));
        Assert.Equal("Enter the day of the review.", (await sendco.SendAsync($"{Plan}/review", "review", ("Typed.HeldOn", "9999-12-31"))).Beside("Typed.HeldOn"));
        Assert.Equal("Choose how they said it.", (await keyAdult.SendAsync($"/staff/plans/{cast.OtherPlan}/move", "up", ("Up.Pupil", "yes"), ("Up.How", "99"))).Beside("Up.How"));
        Assert.Equal("Choose what they are to the pupil.", (await sendco.SendAsync($"{Plan}/access/add", "give", ("Typed.Role", "99-None"))).Beside("Typed.Role"));
    }

    [Fact]
    public async Task A_step_is_no_longer_than_a_session_can_be()
    {
        using var sendco = await SendcoAsync();
        (string, string)[] step =
        [
            ("Typed.Step.Situation", "Stay"), ("Typed.Step.Rating", "9"), ("Typed.Step.PerWeek", "1"), ("Typed.Step.With", "in-person"), ("Typed.Say.ChoseNotToSay", "true"),
        ];

        var tooLong = await sendco.SendAsync($"{Plan}/steps/new", "step-added", [.. step, ("Typed.Step.Minutes", $"{PlanLimits.MostMinutes + 1}")]);

        Assert.Equal($"Enter a number of minutes, {PlanLimits.MostMinutes} at most.", tooLong.Beside("Typed.Step.Minutes"));
    }

    [Fact]
    public async Task No_title_of_a_page_names_the_pupil_and_each_leads_to_raising_a_concern()
    {
        using var sendco = await SendcoAsync();
        var name = (await cast.Relay.Services.GetRequiredService<StaffPupils>().ReadAsync(
            new(cast.Find(nameof(Role.Sendco)).Who), cast.Session.Booked.Pupil, Cancellation)).Value.Card.PreferredName.Text;

        foreach (var right in PageRights.All)
        {
            using var answer = await sendco.GetAsync(cast.AddressOf(right), Cancellation);
            if (answer.Content.Headers.ContentType?.MediaType != "text/html") continue;
            var page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Cancellation));

            Assert.False(TitleOf(page).Contains(name, StringComparison.Ordinal), $"{right.Page} is called {TitleOf(page)}.");
            if (right.Page != "/staff/concern") Assert.True(page.Contains("href=\"/staff/concern?", StringComparison.Ordinal), $"{right.Page} doesn't lead to raising a concern.");
        }
    }

    [Fact]
    public async Task A_teacher_whom_nothing_needs_reads_where_to_raise_a_concern()
    {
        using var teacher = await cast.BrowserOfAsync(cast.Find(nameof(Role.Technician)).Who);

        var start = await teacher.ReadAsync("/staff");

        Assert.DoesNotContain("Choose a page above.", start, StringComparison.Ordinal);
        Assert.Contains($"href=\"/staff/concern?school={cast.School}\"", start, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_has_sessions_is_led_to_their_own_calendar_from_their_account()
    {
        using var teacher = await cast.BrowserOfAsync(cast.Find(nameof(Role.Teacher)).Who);
        using var parent = await cast.BrowserOfAsync(cast.Find(nameof(Role.Parent)).Who);

        Assert.Contains("href=\"/staff/feed", await teacher.ReadAsync("/staff/account"), StringComparison.Ordinal);
        Assert.DoesNotContain("href=\"/staff/feed", await parent.ReadAsync("/staff/account"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_school_turns_names_on_after_reading_where_they_would_be_seen()
    {
        using var administrator = await cast.BrowserOfAsync(cast.Find(nameof(Role.Administrator)).Who);
        var page = $"/staff/settings/school?school={cast.School}";
        Assert.Contains("A phone's calendar lies open in many places", await administrator.ReadAsync(page), StringComparison.Ordinal);
        Assert.Contains("<dd>not shown</dd>", await administrator.ReadAsync($"/staff/settings?school={cast.School}"), StringComparison.Ordinal);

        var kept = await administrator.SendAsync(page, "school", ("Typed.Afternoon", "12:30"), ("Typed.NamesOutside", "true"), ("Typed.Why", "Supply teachers ask for it."));

        Assert.Contains("done=school", kept.To, StringComparison.Ordinal);
        Assert.Contains("<dd>shown</dd>", await administrator.ReadAsync($"/staff/settings?school={cast.School}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Weeks_A_and_B_are_entered_by_hand()
    {
        using var sendco = await SendcoAsync();
        Assert.Contains("All weeks are alike.", await sendco.ReadAsync($"/staff/times?school={cast.School}"), StringComparison.Ordinal);

        var backwards = await sendco.SendAsync(
            $"/staff/times/weeks?school={cast.School}", "weeks", ("Typed.First", "2027-03-01"), ("Typed.Last", "2027-02-01"), ("Typed.Week", "B"));
        var kept = await sendco.SendAsync(
            $"/staff/times/weeks?school={cast.School}", "weeks", ("Typed.First", "2027-01-04"), ("Typed.Last", "2027-03-26"), ("Typed.Week", "B"));
        var twice = await sendco.SendAsync(
            $"/staff/times/weeks?school={cast.School}", "weeks", ("Typed.First", "2027-03-01"), ("Typed.Last", "2027-04-26"), ("Typed.Week", "A"));

        Assert.Equal("The last day comes before the first. Check both days.", backwards.Beside("Typed.Last"));
        Assert.Contains("done=weeks", kept.To, StringComparison.Ordinal);
        Assert.Contains("begins with week B", await sendco.ReadAsync($"/staff/times?school={cast.School}"), StringComparison.Ordinal);
        Assert.StartsWith("For some of these days weeks A and B are entered already.", twice.Beside("Typed.First"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_said_to_be_kept_by_an_address_alone()
    {
        using var sendco = await SendcoAsync();

        Assert.DoesNotContain("data-draft-done", await sendco.ReadAsync($"{Plan}?done=anything"), StringComparison.Ordinal);
        Assert.DoesNotContain("data-draft-done", await sendco.ReadAsync($"{Plan}?done=step-anything"), StringComparison.Ordinal);
        Assert.Contains("data-draft-done=\"goal\"", await sendco.ReadAsync($"{Plan}?done=goal"), StringComparison.Ordinal);
        Assert.Contains("It is kept.", await sendco.ReadAsync($"{Plan}?done=step-{Guid.NewGuid()}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_reason_says_that_it_stays_in_the_record()
    {
        using var sendco = await SendcoAsync();

        foreach (var page in (string[])["goal", "order", "close", "people", "steps/new", "review"])
            Assert.Contains("so name no pupil", await sendco.ReadAsync($"{Plan}/{page}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_not_given_says_why_in_words_and_no_link_saves_those_as_the_file()
    {
        using var parent = await cast.BrowserOfAsync(cast.Find(nameof(Role.Parent)).Who);
        using var sendco = await SendcoAsync();

        using var answer = await parent.GetAsync(new Uri($"{Plan}/ledger.csv", UriKind.Relative), Cancellation);
        var page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Cancellation));

        Assert.Equal((HttpStatusCode.Forbidden, "text/html"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        Assert.Contains("Your role does not include this.", page, StringComparison.Ordinal);
        Assert.Contains("<nav class=\"sections\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("ledger.csv\" download", await sendco.ReadAsync($"{Plan}/ledger"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_makes_an_invitation_is_told_to_copy_it_before_the_page_is_loaded_again()
    {
        using var administrator = await cast.BrowserOfAsync(cast.Find(nameof(Role.Administrator)).Who);

        var made = await administrator.SendAsync($"/staff/people/{cast.Find("TeacherOfTheLesson").Who}", "invite", ("Invite.Email", "tern@school.example"));

        Assert.Contains("Loading this page again makes a new link", made.Page, StringComparison.Ordinal);
    }

    private static string TitleOf(string page)
    {
        var from = page.IndexOf("<title>", StringComparison.Ordinal) + "<title>".Length;
        return page[from..page.IndexOf("</title>", StringComparison.Ordinal)];
    }

    /// <summary>Whole but for a room, and what is said otherwise.</summary>
    private Task<Sent> BookAsync(HttpClient browser, params (string Name, string Value)[] otherwise)
    {
        var wish = new Dictionary<string, string>
        {
            ["Wish.Date"] = Day(1),
            ["Wish.Start"] = "10:05",
            ["Wish.Minutes"] = "20",
            ["Wish.Robot"] = cast.Session.Booked.RobotName,
            ["Wish.Carrier"] = cast.Session.Booked.Carrier.ToString(),
            ["Wish.Location"] = "Home",
            ["Wish.Weeks"] = "1",
        };
        foreach (var (name, value) in otherwise) wish[name] = value;
        return browser.SendAsync($"/staff/book?plan={cast.Plan}", "book", [.. wish.Select(field => (field.Key, field.Value))]);
    }

    private Task<HttpClient> SendcoAsync() => cast.BrowserOfAsync(cast.Find(nameof(Role.Sendco)).Who);

    private string Day(int ahead) => LocalDatePattern.Iso.Format(cast.Now.InUtc().Date.PlusDays(ahead));

    private static string Relative(string address) => address.StartsWith('/') ? address : new Uri(address).PathAndQuery;
}
