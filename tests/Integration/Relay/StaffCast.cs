using System.Net;
using System.Security.Claims;
using AV1Relay.Application.Arrangements;
using AV1Relay.Application.Asking;
using AV1Relay.Application.Contacts;
using AV1Relay.Application.Referrals;
using AV1Relay.Domain.Access;
using AV1Relay.Domain.Arrangements;
using AV1Relay.Domain.Booking;
using AV1Relay.Domain.Contacts;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Privacy;
using AV1Relay.Domain.Records;
using AV1Relay.Domain.Referrals;
using AV1Relay.Domain.Refusals;
using AV1Relay.StaffConsole.SignIn;
using AV1Relay.Storage.Accounts;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using NodaTime;
using Xunit;
using Claim = AV1Relay.Domain.Records.Claim;

namespace AV1Relay.Tests.Integration.Relay;

/// <summary>An invented authority, one person of each role at a school and a plan of it, and some whose roles are elsewhere.</summary>
public sealed class StaffCast : IAsyncLifetime
{
    private RunningRelay _relay = null!; // set by InitializeAsync
    private Dictionary<string, Member> _members = null!; // likewise

    /// <summary>In the order of <see cref="Role"/>, then those from elsewhere.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        nameof(Role.Administrator), nameof(Role.EducationalPsychologist), nameof(Role.Sendco), nameof(Role.KeyAdult), nameof(Role.Teacher), nameof(Role.Technician),
        nameof(Role.Parent), nameof(Role.ExternalProfessional), "TeacherOfTheLesson", "OtherKeyAdult", "OtherParent", "SendcoElsewhere", "Stranger",
    ];

    internal RunningRelay Relay => _relay;

    internal ScheduledSession Session { get; private set; } = null!; // set by InitializeAsync

    /// <summary>Values of routes, by what stands for them in the pattern: <c>{Id:guid}</c> is what the word before it says.</summary>
    internal IReadOnlyDictionary<string, string> Ids { get; private set; } = null!; // likewise

    internal SchoolId School => Session.Booked.School;

    internal SchoolId OtherSchool { get; private set; } // set by InitializeAsync

    internal PlanId Plan => Session.Booked.Plan;

    /// <summary>Another one of the same school, at a step that is not the top of its ladder.</summary>
    internal PlanId OtherPlan { get; private set; } // set by InitializeAsync

    internal Instant Now => Instant.FromDateTimeOffset(_relay.Time.GetUtcNow());

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _relay = await RunningRelay.StartAsync(inTheMorning: true);
        await _relay.RunAsync("seed");
        await using var work = await BeginAsync();
        var schools = await work.Schools.AllAsync(Cancellation);
        var (school, other) = (schools[0].Value.Id, schools[1].Value.Id);
        OtherSchool = other;
        var (plan, otherPlan, line) = await ChooseAsync(work, school);
        Session = (await work.Sessions.OfPupilAsync(plan.Pupil, Cancellation)).Select(kept => kept.Value).First(session => session.Booked.Lesson is not null);
        var teacher = (await work.SchoolTimes.FindAsync(school, Cancellation))!.Value.Timetable.Find(Session.Booked.Lesson!.Id)!.Teacher!.Value; // as it was chosen; the sample names one
        var contact = (await work.Contacts.FindAsync(plan.Pupil, Cancellation))!.Value.Entries.First(entry => !entry.IsConfidentialNow).Id; // each pupil has a log
        AccessScope whole = new AccessScope.OneSchool(school);
        AccessScope one = new AccessScope.OnePlan(school, plan.Id);
        AccessScope second = new AccessScope.OnePlan(school, otherPlan);
        OtherPlan = otherPlan;
        _members = new()
        {
            ["TeacherOfTheLesson"] = await SignInAsync(teacher, school),
            ["OtherKeyAdult"] = await EnterAsync(Role.KeyAdult, second, school),
            ["OtherParent"] = await EnterAsync(Role.Parent, second, school),
            ["SendcoElsewhere"] = await EnterAsync(Role.Sendco, new AccessScope.OneSchool(other), other),
            ["Stranger"] = await SignInAsync(new PersonId(Guid.NewGuid()), school),
        };
        foreach (var role in Enum.GetValues<Role>())
            _members[role.ToString()] = await EnterAsync(role, Assignment.Fits(role, whole) ? whole : one, school);

        var sendco = new Caller(_members[nameof(Role.Sendco)].Who);
        var referral = await AssembleReferralAsync(sendco, plan.Id);
        Ids = new Dictionary<string, string>
        {
            ["plans/{Id:guid}"] = plan.Id.ToString(),
            ["plans/{plan:guid}"] = plan.Id.ToString(),
            ["reviews/{PlanGuid:guid}"] = plan.Id.ToString(),
            ["pupils/{Id:guid}"] = plan.Pupil.ToString(),
            ["pupils/{pupil:guid}"] = plan.Pupil.ToString(),
            ["{Run:guid}"] = Guid.NewGuid().ToString(),
            ["{run:guid}"] = Guid.NewGuid().ToString(),
            ["{Class}"] = nameof(RetentionClass.PlanRecord),
            ["people/{Id:guid}"] = sendco.Who.ToString(),
            ["roles/{Id:guid}"] = _members[nameof(Role.Teacher)].Assignment.ToString(),
            ["sessions/{Id:guid}"] = Session.Id.ToString(),
            ["sessions/{session:guid}"] = Session.Id.ToString(),
            ["{Name}"] = (await work.StationedRobots.OfSchoolAsync(school, Cancellation))[0].Value.RobotName,
            ["{StepGuid:guid}"] = plan.Ladder.Current.Id.ToString(),
            ["{PartGuid:guid}"] = plan.View(false).Sections[0].Id.ToString(),
            ["{ReviewGuid:guid}"] = plan.Reviews[0].Id.ToString(),
            ["{Contact:guid}"] = contact.ToString(),
            ["{Line:guid}"] = line.ToString(),
            ["{Arrangement:guid}"] = await DraftArrangementAsync(sendco, plan.Id),
            ["{Referral:guid}"] = referral,
            ["{referral:guid}"] = referral,
            ["{Item:guid}"] = await SendHomeAsync(sendco, plan.Id),
        };
    }

    public ValueTask DisposeAsync() => _relay.DisposeAsync();

    internal Member Find(string name) => _members[name];

    /// <summary>All of the person's, as the domain is asked with them.</summary>
    internal async Task<IReadOnlyList<Assignment>> AssignmentsOfAsync(PersonId who)
    {
        await using var work = await BeginAsync();
        return await work.Assignments.OfPersonAsync(who, Cancellation);
    }

    /// <summary>What a page or a call is about; of several, one is enough.</summary>
    /// <param name="place">The school that the person looks at.</param>
    internal async Task<IReadOnlyList<AccessSubject>> SubjectsAsync(On on, SchoolId place)
    {
        switch (on)
        {
            case On.Nothing:
            case On.School: return [AccessSubject.OfSchool(place)];
            case On.ThatSchool: return [AccessSubject.OfSchool(School)];
            case On.Plan: return [AccessSubject.OfPlan(School, Plan)];
            case On.Session: return [SubjectOfSession()];
            case On.SomeRoom: return [AccessSubject.OfRoom(place, default, Now.InUtc().Date)];
            case On.WholeSchoolsPlans: return [AccessSubject.OfPlan(place, default)];
            default:
                await using (var work = await BeginAsync())
                {
                    return [.. (await work.Plans.OutlinesOfSchoolAsync(place, 100, Cancellation)).Select(plan => AccessSubject.OfPlan(place, plan.People.Plan))];
                }
        }
    }

    /// <summary>Somebody who works at both schools, and whose pages begin with the first.</summary>
    internal async Task<Member> EnterAtBothAsync(Role role)
    {
        var member = await EnterAsync(role, new AccessScope.OneSchool(School), School);
        await using var work = await BeginAsync(Claim.On(member.Who));
        work.Assignments.Add(new Assignment(
            new AssignmentId(Guid.NewGuid()), member.Who, role, new AccessScope.OneSchool(OtherSchool), Now - Duration.FromDays(1), null, new Act(member.Who, Now)));
        Assert.Null(await work.CommitAsync(Cancellation));
        return member;
    }

    /// <summary>An active plan of the other school, and its pupil.</summary>
    internal async Task<(PlanId Plan, PupilId Pupil)> PlanElsewhereAsync()
    {
        await using var work = await BeginAsync();
        var outline = (await work.Plans.ActiveOfSchoolAsync(OtherSchool, Cancellation))[0];
        return (outline.People.Plan, outline.Pupil);
    }

    /// <summary>With the ids of what this cast is about.</summary>
    internal Uri AddressOf(PageRight right)
    {
        var address = right.Page;
        foreach (var (pattern, id) in Ids)
            address = address.Replace(pattern, pattern[..(pattern.IndexOf('/', StringComparison.Ordinal) + 1)] + id, StringComparison.Ordinal);
        Assert.DoesNotContain("{", address, StringComparison.Ordinal); // give Ids what this stands for
        var query = right.Query is { } asks ? $"&{asks.Replace("{plan}", Plan.ToString(), StringComparison.Ordinal)}" : "";
        return new Uri($"{address}?school={School}{query}", UriKind.Relative);
    }

    /// <summary>A browser in which somebody is signed in; it follows no redirect.</summary>
    /// <param name="who">Null: nobody is.</param>
    internal async Task<HttpClient> BrowserOfAsync(PersonId? who, bool isWhole = true)
    {
        var jar = new CookieContainer();
        if (who is { } person) jar.SetCookies(_relay.Http.BaseAddress!, $"{await CookieOfAsync(person, isWhole)}; path=/staff"); // it was started
        return new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = jar }) { BaseAddress = _relay.Http.BaseAddress };
    }

    /// <summary>Like the cookie of a sign-in with a password alone, or of a whole one.</summary>
    internal Task<string> CookieOfAsync(PersonId who, bool isWhole) => CookieOfAsync(_relay, who, isWhole);

    /// <inheritdoc cref="CookieOfAsync(PersonId, bool)"/>
    internal static async Task<string> CookieOfAsync(RunningRelay relay, PersonId who, bool isWhole)
    {
        await using var scope = relay.Services.CreateAsyncScope();
        var signIn = scope.ServiceProvider.GetRequiredService<SignInManager<Account>>();
        var account = await signIn.UserManager.FindByIdAsync(who.ToString()) ?? throw new InvalidOperationException("Nobody has signed them in.");
        var principal = await signIn.CreateUserPrincipalAsync(account);
        if (isWhole) ((ClaimsIdentity)principal.Identity!).AddClaim(new System.Security.Claims.Claim(StaffPolicies.MethodClaim, StaffPolicies.MoreFactors)); // it has one
        var cookie = scope.ServiceProvider.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(IdentityConstants.ApplicationScheme);
        var times = new AuthenticationProperties { IssuedUtc = relay.Time.GetUtcNow(), ExpiresUtc = relay.Time.GetUtcNow() + cookie.ExpireTimeSpan };
        return $"{cookie.Cookie.Name}={cookie.TicketDataFormat.Protect(new AuthenticationTicket(principal, times, IdentityConstants.ApplicationScheme))}";
    }

    /// <summary>What the session is about, as its rights are asked for.</summary>
    private AccessSubject SubjectOfSession() => AccessSubject.OfSession(
        School, Plan, Session.Booked.Room, Session.Booked.Slot.Date, Session.Booked.Carrier, Find("TeacherOfTheLesson").Who);

    private static async Task<(SupportPlan Plan, PlanId Other, Domain.Engagement.EngagementEntryId Line)> ChooseAsync(IWork work, SchoolId school)
    {
        foreach (var plan in (await work.Plans.OfSchoolAsync(school, 100, Cancellation)).Select(kept => kept.Value))
        {
            if (plan.Status != PlanStatus.Active || plan.Reviews.IsEmpty || plan.View(false).Sections.IsEmpty) continue;
            var sessions = (await work.Sessions.OfPupilAsync(plan.Pupil, Cancellation)).Select(kept => kept.Value).ToList();
            var lines = await work.Engagement.OfPupilAsync(plan.Pupil, Cancellation);
            if (lines.Count == 0 || !sessions.Exists(session => session.Booked.Lesson is not null)) continue;
            var other = (await work.Plans.OfSchoolAsync(school, 100, Cancellation)).Select(kept => kept.Value)
                .First(there => there.Status == PlanStatus.Active && there.Id != plan.Id && there.Ladder.Above is not null);
            return (plan, other.Id, lines[0].Value.Id);
        }

        throw new InvalidOperationException("No plan of the invented school has all that is looked at.");
    }

    private static async Task KeepAsync<T>(Task<Outcome<T>> change)
        where T : class => Assert.Empty((await change).Refusals);

    private Task<IWork> BeginAsync(params Claim[] claims) =>
        _relay.Services.GetRequiredService<IRecords>().BeginAsync(new PersonId(Guid.NewGuid()), Now, claims, Cancellation);

    private async Task<Member> EnterAsync(Role role, AccessScope scope, SchoolId place)
    {
        var (who, id) = (new PersonId(Guid.NewGuid()), new AssignmentId(Guid.NewGuid()));
        await using (var work = await BeginAsync(Claim.On(who)))
        {
            work.Assignments.Add(new Assignment(id, who, role, scope, Now - Duration.FromDays(1), Now + Duration.FromDays(30), new Act(who, Now)));
            work.PersonCards.Add(new PersonCard(who, new PersonalText($"Ms {role}"), null, null));
            Assert.Null(await work.CommitAsync(Cancellation));
        }

        return await SignInAsync(who, place) with { Assignment = id };
    }

    private async Task<Member> SignInAsync(PersonId who, SchoolId place)
    {
        await using var scope = _relay.Services.CreateAsyncScope();
        await StaffAccounts.InviteAsync(scope.ServiceProvider.GetRequiredService<UserManager<Account>>(), who, $"{who}@school.example");
        return new Member(who, place, default);
    }

    private async Task<string> DraftArrangementAsync(Caller sendco, PlanId plan)
    {
        var id = new ArrangementId(Guid.NewGuid());
        var empty = new WrittenTerms("", null, null, null, null, "", "", null, IsTemporary: false, IsNotForBehaviour: false);
        await KeepAsync(_relay.Services.GetRequiredService<StaffArrangements>().DraftAsync(sendco, plan, id, empty, Cancellation));
        return id.ToString();
    }

    private async Task<string> AssembleReferralAsync(Caller sendco, PlanId plan)
    {
        var id = new ReferralId(Guid.NewGuid());
        await KeepAsync(_relay.Services.GetRequiredService<StaffReferrals>().AssembleAsync(
            sendco, plan, id, ReferralKind.InclusionService, new WrittenReferral("Teaching at home", "", ""), Cancellation));
        return id.ToString();
    }

    private async Task<string> SendHomeAsync(Caller sendco, PlanId plan)
    {
        var id = new SentHomeId(Guid.NewGuid());
        await KeepAsync(_relay.Services.GetRequiredService<StaffSentHome>().SendAsync(
            sendco, plan, id, SentHomeKind.Work, ContactWith.PupilAndParent, "Fractions", "Pages 4 and 5", Cancellation));
        return id.ToString();
    }

    /// <param name="Place">The school that their pages show.</param>
    internal sealed record Member(PersonId Who, SchoolId Place, AssignmentId Assignment);
}
