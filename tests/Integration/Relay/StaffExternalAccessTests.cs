using AV1Relay.Application.Asking;
using AV1Relay.Application.People;
using AV1Relay.Application.Plans;
using AV1Relay.Domain.Access;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Records;
using AV1Relay.Domain.Refusals;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Xunit;

namespace AV1Relay.Tests.Integration.Relay;

/// <summary>Rule 9 in a whole relay: somebody from outside reads one plan without its confidential parts, until their last day is over.</summary>
public sealed class StaffExternalAccessTests : IDisposable
{
    private static readonly PersonId Professional = new(Guid.NewGuid());
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("av1relay-integration");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task An_external_professional_reads_one_plan_without_its_confidential_parts_and_after_the_last_day_nothing()
    {
        PlanId mine;
        await using (var yesterday = await RunningRelay.StartAsync(folder: _folder, inTheMorning: true))
        {
            var (school, sendco) = await SchoolAsync(yesterday);
            (mine, var other) = (await PlanAsync(yesterday, school, sendco), await PlanAsync(yesterday, school, sendco));
            var today = Instant.FromDateTimeOffset(yesterday.Time.GetUtcNow()).InZone(DateTimeZoneProviders.Tzdb["Europe/London"]).Date;
            var gift = new RoleGift(
                new AssignmentId(Guid.NewGuid()), Professional, new NewPerson("Dr Nowak", null, null), Role.ExternalProfessional, school, mine, today);

            var given = await yesterday.Services.GetRequiredService<StaffRoles>().GiveAsync(sendco, gift, "", Cancellation);

            Assert.False(given.IsRefused, string.Join(' ', given.Refusals));
            Assert.Equal(["What helps"], (await ReadAsync(yesterday, mine)).Value.View.Sections.Select(section => section.Heading));
            Assert.Equal(["access.not-authorised"], Codes(await ReadAsync(yesterday, mine, withConfidentialParts: true)));
            Assert.Equal(["access.out-of-reach"], Codes(await ReadAsync(yesterday, other)));
            var listed = await yesterday.Services.GetRequiredService<StaffPlans>().ListAsync(new Caller(Professional), school, Cancellation);
            Assert.Equal([mine], listed.Value.Plans.Select(plan => plan.Id));
        }

        await using var today2 = await RunningRelay.StartAsync(folder: _folder); // the day after

        Assert.Equal(["access.ended"], Codes(await ReadAsync(today2, mine)));
        Assert.Equal("access.ended", (await today2.Services.GetRequiredService<StaffPeople>().MineAsync(new Caller(Professional), Cancellation)).WhyNone?.Code);
    }

    private static Task<Outcome<ReadPlan>> ReadAsync(RunningRelay relay, PlanId plan, bool withConfidentialParts = false) =>
        relay.Services.GetRequiredService<StaffPlans>().ReadAsync(new Caller(Professional), plan, withConfidentialParts, Cancellation);

    private static async Task<(SchoolId School, Caller Sendco)> SchoolAsync(RunningRelay relay)
    {
        var school = await relay.AddSchoolAsync();
        return (new SchoolId(Guid.Parse(school)), new Caller(new PersonId(Guid.Parse(await relay.RunAsync("assign", "--role", "sendco", "--school", school)))));
    }

    /// <summary>With an open part and a confidential one.</summary>
    private static async Task<PlanId> PlanAsync(RunningRelay relay, SchoolId school, Caller sendco)
    {
        var pupil = new PupilId(Guid.Parse(await relay.AddPupilAsync(school.ToString())));
        var act = new Act(sendco.Who, Instant.FromDateTimeOffset(relay.Time.GetUtcNow()));
        var say = new PupilsSay("", [], [], choseNotToSay: true);
        var step = new Step(new StepId(Guid.NewGuid()), "Meet at the library", 2, Duration.FromMinutes(30), 1, "The library", "The key adult", null);
        var plan = SupportPlan.Draft(
                new PlanId(Guid.NewGuid()), pupil, school, new InPersonGoal("Art club", "The art room"), sendco.Who, sendco.Who, StepLadder.FromListed([step]), act, say).Value
            .WriteSection(new PlanSection(new SectionId(Guid.NewGuid()), "What helps", "A quiet start."), act, say).Value
            .WriteSection(new PlanSection(new SectionId(Guid.NewGuid()), "Said in confidence", "Not for others.", isConfidential: true), act, say).Value;
        await using var work = await relay.Services.GetRequiredService<IRecords>().BeginAsync(act.Who, act.At, [Claim.On(pupil)], Cancellation);
        work.Plans.Add(plan);
        Assert.Null(await work.CommitAsync(Cancellation));
        return plan.Id;
    }

    private static IEnumerable<string> Codes<T>(Outcome<T> outcome)
        where T : class => outcome.Refusals.Select(refusal => refusal.Code);
}
