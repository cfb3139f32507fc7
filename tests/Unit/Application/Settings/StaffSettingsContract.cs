using AV1Relay.Application.Asking;
using AV1Relay.Application.Plans;
using AV1Relay.Application.Settings;
using AV1Relay.Domain.Access;
using AV1Relay.Domain.Attend;
using AV1Relay.Domain.Booking;
using AV1Relay.Domain.Calendar;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Privacy;
using AV1Relay.Domain.Records;
using AV1Relay.Domain.Refusals;
using AV1Relay.Domain.Settings;
using AV1Relay.Tests.Unit.Storage;
using Microsoft.Extensions.Time.Testing;
using NodaTime;
using Xunit;

namespace AV1Relay.Tests.Unit.Application.Settings;

/// <summary>Settings of the authority and of a school: who reads and changes them, with why, and what is refused.</summary>
public abstract class StaffSettingsContract(TestDatabase database)
{
    private const string Why = "By the county's guidance.";

    private static readonly Caller County = new(new PersonId(InventedSchool.Number(80)));
    private static readonly AcademicYear Year = AcademicYearStarts.England.YearOf(InventedSchool.Monday);

    private readonly FakeTimeProvider _time = new(InventedSchool.Morning.ToDateTimeOffset());

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_role_reads_and_changes_what_its_work_needs()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var settings = await OpenAsync(storage);

        Assert.Equal("Administrator Psychologist Sendco", await EveryRole.WhoMayAsync(who => settings.ReadAsync(who, InventedSchool.Id, Cancellation)));
        Assert.Equal("Administrator", await EveryRole.WhoMayAsync(who => SchoolAsync(settings, who, 99)));
        Assert.Empty(await EveryRole.WhoMayAsync(who => LimitsAsync(settings, who, 99))); // of the whole authority alone
        Assert.Empty(await EveryRole.WhoMayAsync(who => settings.ChangeRetentionAsync(who, 99, Rule, Cancellation)));
        Assert.Empty(await EveryRole.WhoMayAsync(who => settings.ChangeAttendAsync(who, 99, "ATTEND", "# A\nB?", Why, Cancellation)));
        Assert.Empty(await EveryRole.WhoMayAsync(who => CodesAsync(settings, who, 99)));
    }

    [Fact]
    public async Task Limits_are_changed_with_why_and_the_second_of_two_is_told()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var settings = await OpenAsync(storage);

        Assert.Equal(["settings.why-missing"], (await LimitsAsync(settings, County, 0, why: " ")).Codes());
        var changed = await LimitsAsync(settings, County, 0);
        var entry = await storage.LastAuditedAsync();

        Assert.Equal((20, 5), (changed.Value.Prompts.AfterDays, changed.Value.Reviews.LeadAfterDays));
        Assert.Equal(("settings.authority-changed", "settings"), (entry.What, entry.Subject));
        Assert.Equal($"missed-days: \"15\" → \"20\"; why: \"{Why}\"", entry.Detail);
        Assert.Equal(["records.changed-meanwhile"], (await LimitsAsync(settings, County, 0)).Codes());
        Assert.Equal(1, (await ReadAsync(settings)).Version);
        Assert.Equal(1, (await LimitsAsync(settings, County, 1)).IsRefused ? 0 : (await ReadAsync(settings)).Version); // the same again changes nothing
    }

    [Fact]
    public async Task What_makes_no_sense_is_refused_in_words_all_of_it_at_once()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var settings = await OpenAsync(storage);

        var outcome = await settings.ChangeLimitsAsync(
            County, 0, new Dictionary<string, int?> { ["missed-days"] = 0, ["fewest-pupils"] = 1, ["review-gap"] = null }, "", (new LocalTime(16, 0), new LocalTime(8, 0)), Why, Cancellation);

        Assert.Equal(["settings.review-gap", "settings.missed-days", "settings.fewest-pupils", "settings.hours"], outcome.Codes());
        Assert.Equal(0, (await ReadAsync(settings)).Version);
    }

    [Fact]
    public async Task Hours_outside_lessons_are_the_authoritys_to_set()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var settings = await OpenAsync(storage);
        await LimitsAsync(settings, County, 0);

        var changed = await LimitsAsync(settings, County, 1, untilHour: 20);

        Assert.Equal(new SessionHours(new LocalTime(8, 0), new LocalTime(20, 0)), changed.Value.Sessions.Hours);
        Assert.Equal($"hours outside lessons: \"08:00 to 18:00\" → \"08:00 to 20:00\"; why: \"{Why}\"", (await storage.LastAuditedAsync()).Detail);
    }

    [Fact]
    public async Task How_long_something_is_kept_is_changed_by_the_authority_with_its_source()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var settings = await OpenAsync(storage);

        var changed = await settings.ChangeRetentionAsync(County, 0, Rule, Cancellation);
        var entry = await storage.LastAuditedAsync();

        Assert.Equal(Rule, changed.Value.Retention.RuleFor(RetentionClass.SessionDetail));
        Assert.Equal("retention.changed", entry.What);
        Assert.Equal(
            ["retention.no-birth"],
            (await settings.ChangeRetentionAsync(
                County, 1, new RetentionRule(RetentionClass.Telemetry, RetentionStart.Birth, Period.FromYears(1), "a source"), Cancellation)).Codes());
    }

    [Fact]
    public async Task The_frameworks_questions_are_asked_of_each_plan_once_the_authority_has_supplied_it()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var settings = await OpenAsync(storage);
        var attend = new StaffAttend(new Desk(storage.Get<IRecords>(), _time));
        Assert.Equal(["attend.not-supplied"], (await attend.ReadAsync(InventedSchool.KeyAdult, InventedSchool.Plan(1), Cancellation)).Codes());

        await settings.ChangeAttendAsync(County, 0, "ATTEND", "# At home\nWhat helps?\nWho helps?", Why, Cancellation);
        var asked = (await attend.ReadAsync(InventedSchool.KeyAdult, InventedSchool.Plan(1), Cancellation)).Value;
        var helps = asked.Profile.Entries.First().Question.Id;
        var answered = await attend.AnswerAsync(
            InventedSchool.KeyAdult, InventedSchool.Plan(1), asked.Version, new Dictionary<QuestionId, string> { [helps] = "Quiet." }, Cancellation);
        await settings.ChangeAttendAsync(County, 1, "ATTEND", "# At home\nWhat helps most?\nWho helps?", Why, Cancellation);
        var now = (await attend.ReadAsync(InventedSchool.KeyAdult, InventedSchool.Plan(1), Cancellation)).Value;

        Assert.Equal(1, answered.Value.Version);
        Assert.Equal(("What helps?", "Quiet."), (Assert.Single(now.Profile.NoLongerAsked).QuestionText, Assert.Single(now.Profile.NoLongerAsked).Text));
        Assert.Equal(2, now.Profile.Template.Version);
        Assert.DoesNotContain(now.Profile.Entries, entry => entry.Question.Id == helps);
    }

    [Fact]
    public async Task A_table_of_codes_is_of_one_school_year_and_lets_no_presence_in_from_home()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var settings = await OpenAsync(storage);

        Assert.Equal(["register.contradiction"], (await CodesAsync(settings, County, 0, "home | a reason of this test | X0")).Codes());
        Assert.Equal(["register.use-line"], (await CodesAsync(settings, County, 0, "somewhere | a reason | X1")).Codes());
        var changed = (await CodesAsync(settings, County, 0)).Value;

        Assert.Equal("X1", Assert.Single(changed.CodesOn(InventedSchool.Monday)!.Rows).Code);
        Assert.Null(changed.CodesOn(InventedSchool.Monday.PlusYears(1)));
        Assert.Single((await ReadAsync(settings)).Settings.RegisterCodes); // kept, and built again as it was
    }

    [Fact]
    public async Task A_school_says_where_its_concerns_go()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var settings = await OpenAsync(storage);

        Assert.Equal(["safeguarding.route-invalid"], (await SchoolAsync(settings, County, 1, "the office")).Codes());
        var changed = await SchoolAsync(settings, County, 1);
        var entry = await storage.LastAuditedAsync();

        Assert.Equal("mailto:lead@school.example", changed.Value.ConcernsTo?.Target.ToString());
        Assert.Equal(("settings.school-changed", $"school {InventedSchool.Id}"), (entry.What, entry.Subject));
        Assert.Equal(["records.changed-meanwhile"], (await SchoolAsync(settings, County, 1)).Codes());
    }

    [Fact]
    public async Task A_school_has_its_pupils_named_outside_only_once_it_says_so()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var settings = await OpenAsync(storage);
        var before = (await ReadAsync(settings)).School.NamesOutside;
        await SchoolAsync(settings, County, 1);

        await SchoolAsync(settings, County, 2, namesOutside: true);
        var entry = await storage.LastAuditedAsync();

        Assert.Equal((false, true), (before, (await ReadAsync(settings)).School.NamesOutside));
        Assert.Equal(("settings.school-changed", $"names outside: \"off\" → \"on\"; why: \"{Why}\""), (entry.What, entry.Detail));
    }

    private static RetentionRule Rule { get; } = new(RetentionClass.SessionDetail, RetentionStart.EndOfAcademicYear, Period.FromMonths(6), "the school's own schedule");

    private async Task<StaffSettings> OpenAsync(TemporaryRelayStorage storage)
    {
        var school = await EveryRole.OpenAsync(storage.Get<IRecords>(), _time);
        await school.KeepAsync(work => work.Assignments.Add(new Assignment(
            new AssignmentId(Guid.NewGuid()), County.Who, Role.Administrator, new AccessScope.WholeAuthority(), InventedSchool.Morning - Duration.FromDays(1), null,
            new Act(County.Who, InventedSchool.Morning))));
        return new StaffSettings(new Desk(school.Records, _time));
    }

    private static async Task<ReadSettings> ReadAsync(StaffSettings settings) => (await settings.ReadAsync(County, InventedSchool.Id, Cancellation)).Value;

    private static Task<Outcome<AuthoritySettings>> LimitsAsync(StaffSettings settings, Caller who, long seen, string why = Why, int untilHour = 18) =>
        settings.ChangeLimitsAsync(who, seen, new Dictionary<string, int?> { ["missed-days"] = 20 }, "", (new LocalTime(8, 0), new LocalTime(untilHour, 0)), why, Cancellation);

    private static Task<Outcome<AuthoritySettings>> CodesAsync(StaffSettings settings, Caller who, long seen, string uses = "Home | a reason of this test | x1 | morning") =>
        settings.ChangeRegisterCodesAsync(who, seen, Year, "a source of this test", "X0 | here | present\nX1 | not here", uses, Why, Cancellation);

    private static Task<Outcome<SchoolCard>> SchoolAsync(StaffSettings settings, Caller who, long seen, string concernsTo = "lead@school.example", bool namesOutside = false) =>
        settings.ChangeSchoolAsync(who, InventedSchool.Id, seen, concernsTo, new LocalTime(12, 45), namesOutside, Why, Cancellation);
}

public sealed class StaffSettingsOnSqliteTests() : StaffSettingsContract(TestDatabase.Sqlite);

public sealed class StaffSettingsOnPostgresTests() : StaffSettingsContract(TestDatabase.Postgres);
