using AV1Relay.Domain.People;
using AV1Relay.Domain.Records;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Xunit;

namespace AV1Relay.Tests.Integration.Relay;

/// <summary>Schools, and people with roles and tokens, for the staff's services.</summary>
internal static class StaffSeeds
{
    public static async Task<string> AddSchoolAsync(this RunningRelay relay)
    {
        var (nobody, now) = (new PersonId(Guid.NewGuid()), Instant.FromDateTimeOffset(relay.Time.GetUtcNow()));
        var school = new SchoolId(Guid.NewGuid());
        await using var work = await relay.Services.GetRequiredService<IRecords>().BeginAsync(nobody, now, [Claim.On(school)], CancellationToken.None);
        work.Schools.Add(new SchoolCard(school, "Test school", "Europe/London", new LocalTime(12, 30), null, new Act(nobody, now)));
        Assert.Null(await work.CommitAsync(CancellationToken.None));
        return school.ToString();
    }

    /// <returns>The token of somebody new who has that role there.</returns>
    public static async Task<string> TokenForAsync(this RunningRelay relay, string role, string school) =>
        await relay.RunAsync("api-token", "--person", await relay.RunAsync("assign", "--role", role, "--school", school));
}
