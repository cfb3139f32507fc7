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
