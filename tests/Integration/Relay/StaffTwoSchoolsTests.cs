using AV1Relay.Domain.Access;
using AV1Relay.Domain.Records;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace AV1Relay.Tests.Integration.Relay;

/// <summary>Who works at two schools: what is about a plan of one is shown, offered and kept as of that one, by whatever link they come.</summary>
public sealed class StaffTwoSchoolsTests(StaffCast cast) : IClassFixture<StaffCast>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("")]
    [InlineData("?school={school}")]
    public async Task A_concern_about_a_pupil_goes_to_that_pupils_school(string comesBy)
    {
        var psychologist = await cast.EnterAtBothAsync(Role.EducationalPsychologist);
        var (plan, pupil) = await cast.PlanElsewhereAsync();
        var query = comesBy.Replace("{school}", cast.School.ToString(), StringComparison.Ordinal);
        using var browser = await cast.BrowserOfAsync(psychologist.Who);

        var read = await browser.ReadAsync($"/staff/plans/{plan}{query}");
        Assert.Contains($"href=\"/staff/concern?plan={plan}&school={cast.OtherSchool}\"", read, StringComparison.Ordinal);
        var page = $"/staff/concern?plan={plan}{query.Replace('?', '&')}";
        var asked = await browser.ReadAsync(page);
        Assert.Contains($"a child at <strong>{await NameOfAsync(cast.OtherSchool)}</strong>", asked, StringComparison.Ordinal);
        Assert.Contains("It is kept with the plan that you came from.", asked, StringComparison.Ordinal);
        var raised = await browser.SendAsync(page, "concern");

        Assert.Contains($"you raised a concern at {await NameOfAsync(cast.OtherSchool)}", raised.Page, StringComparison.Ordinal);
        await using var work = await WorkAsync();
        var kept = Assert.Single(await work.Concerns.OfPupilAsync(pupil, Cancellation), kept => kept.Value.ByPerson == psychologist.Who).Value;
        Assert.Equal(plan, kept.Plan);
    }

    [Fact]
    public async Task The_frame_of_a_page_about_a_plan_is_that_of_its_school()
    {
        var sendco = await cast.EnterAtBothAsync(Role.Sendco);
        var (plan, pupil) = await cast.PlanElsewhereAsync();
        using var browser = await cast.BrowserOfAsync(sendco.Who);

        foreach (var page in (string[])[$"/staff/plans/{plan}", $"/staff/plans/{plan}/access", $"/staff/book?plan={plan}", $"/staff/people/pupils/{pupil}"])
        {
            var read = await browser.ReadAsync($"{page}{(page.Contains('?', StringComparison.Ordinal) ? '&' : '?')}school={cast.School}");

            Assert.Contains($"<option value=\"{cast.OtherSchool}\" selected", read, StringComparison.Ordinal);
            Assert.Contains($"<a href=\"/staff?school={cast.OtherSchool}\">AV1Relay</a>", read, StringComparison.Ordinal);
            Assert.DoesNotContain("data-refused", read, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Without_a_plan_the_other_schools_are_offered_to_begin_at()
    {
        var teacher = await cast.EnterAtBothAsync(Role.Teacher);
        var (plan, _) = await cast.PlanElsewhereAsync();
        using var browser = await cast.BrowserOfAsync(teacher.Who);

        foreach (var query in (string[])["", $"?plan={plan}"]) // a teacher reads no plan, and learns by this address of none
        {
            var asked = await browser.ReadAsync($"/staff/concern{query}");

            Assert.Contains($"a child at <strong>{await NameOfAsync(cast.School)}</strong>", asked, StringComparison.Ordinal);
            Assert.Contains($"href=\"/staff/concern?school={cast.OtherSchool}\"", asked, StringComparison.Ordinal);
            Assert.DoesNotContain("the plan that you came from", asked, StringComparison.Ordinal);
        }
    }

    private async Task<string> NameOfAsync(Domain.People.SchoolId school)
    {
        await using var work = await WorkAsync();
        return (await work.Schools.FindAsync(school, Cancellation))!.Value.Name; // the cast is at it
    }

    private Task<IWork> WorkAsync() => cast.Relay.Services.GetRequiredService<IRecords>().BeginAsync(cast.Find(nameof(Role.Sendco)).Who, cast.Now, [], Cancellation);
}
