using AV1Relay.Api.Tokens;
using AV1Relay.Domain.Access;
using AV1Relay.Domain.Calendar;
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

    /// <summary>Somebody new who is at that school.</summary>
    public static async Task<string> AddPupilAsync(this RunningRelay relay, string schoolId)
    {
        var (nobody, now) = (new PersonId(Guid.NewGuid()), Instant.FromDateTimeOffset(relay.Time.GetUtcNow()));
        var (school, pupil) = (new SchoolId(Guid.Parse(schoolId)), new PupilId(Guid.NewGuid()));
        await using var work = await relay.Services.GetRequiredService<IRecords>().BeginAsync(nobody, now, [Claim.On(pupil)], CancellationToken.None);
        work.Schoolings.Add(new Schooling(pupil, [new Placement(school, now.InUtc().Date.PlusDays(-1), until: null, new Act(nobody, now))]));
        Assert.Null(await work.CommitAsync(CancellationToken.None));
        return pupil.ToString();
    }

    /// <returns>The token of somebody new who has that role there, on this day.</returns>
    public static async Task<string> TokenForAsync(this RunningRelay relay, Role role, AccessScope scope)
    {
        var (who, now) = (new PersonId(Guid.NewGuid()), relay.Time.GetUtcNow());
        var act = new Act(who, Instant.FromDateTimeOffset(now));
        await using var work = await relay.Services.GetRequiredService<IRecords>().BeginAsync(who, act.At, [Claim.On(who)], CancellationToken.None);
        work.Assignments.Add(new Assignment(new AssignmentId(Guid.NewGuid()), who, role, scope, act.At, act.At + Duration.FromDays(1), act));
        Assert.Null(await work.CommitAsync(CancellationToken.None));
        return relay.Services.GetRequiredService<PersonTokens>().Issue(who, now, now.AddHours(1)).Value;
    }

    /// <summary>Today, by the relay's clock, is a school day without lessons, in a school with one room.</summary>
    /// <returns>The room.</returns>
    public static async Task<string> OpenSchoolTodayAsync(this RunningRelay relay, string schoolId)
    {
        var (nobody, now) = (new PersonId(Guid.NewGuid()), Instant.FromDateTimeOffset(relay.Time.GetUtcNow()));
        var (school, room, act) = (new SchoolId(Guid.Parse(schoolId)), new RoomId(Guid.NewGuid()), new Act(nobody, now));
        var london = DateTimeZoneProviders.Tzdb["Europe/London"];
        var calendar = new SchoolCalendar(
            london, AcademicYearStarts.England, SchoolCalendar.MondayToFriday, [], [], [new OpenDay(now.InZone(london).Date, "Open today")], act);
        await using var work = await relay.Services.GetRequiredService<IRecords>().BeginAsync(nobody, now, [Claim.On(school)], CancellationToken.None);
        work.SchoolTimes.Add(new SchoolTimes(school, calendar, new Timetable(school, WeekCycle.None, [], [], act), [new SchoolRoom(room, "M4")]));
        Assert.Null(await work.CommitAsync(CancellationToken.None));
        return room.ToString();
    }

    /// <returns>The token of somebody new who has that role there.</returns>
    public static async Task<string> TokenForAsync(this RunningRelay relay, string role, string school) =>
        await relay.RunAsync("api-token", "--person", await relay.RunAsync("assign", "--role", role, "--school", school));
}
