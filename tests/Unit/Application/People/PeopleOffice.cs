using AV1Relay.Application.Asking;
using AV1Relay.Application.People;
using AV1Relay.Domain.Access;
using AV1Relay.Domain.Grants;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Records;
using AV1Relay.Storage;
using AV1Relay.Storage.Audit;
using AV1Relay.Tests.Unit.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using NodaTime;
using Xunit;

namespace AV1Relay.Tests.Unit.Application.People;

/// <summary>The invented school with an administrator, somebody from outside at the first plan, and a card, a parent and a tablet of its pupil.</summary>
internal sealed class PeopleOffice : IAsyncDisposable
{
    public static readonly Caller Administrator = new(new PersonId(InventedSchool.Number(30)));
    public static readonly Caller External = new(new PersonId(InventedSchool.Number(31)));
    public static readonly PersonId Mother = new(InventedSchool.Number(32)); // entered, without a role
    public static readonly AssignmentId TeachersRole = new(InventedSchool.Number(906));
    public static readonly AssignmentId ExternalsRole = new(InventedSchool.Number(7_001));
    public const string Tablet = "tablet-1";

    private readonly TemporaryRelayStorage _storage;

    private PeopleOffice(TemporaryRelayStorage storage, FakeTimeProvider time, InventedSchool school)
    {
        (_storage, Time, School) = (storage, time, school);
        var desk = new Desk(Records, time);
        (Roles, Pupils, People, Invitations) = (new StaffRoles(desk), new StaffPupils(desk), new StaffPeople(desk), new StaffInvitations(desk));
    }

    public FakeTimeProvider Time { get; }

    public InventedSchool School { get; }

    public StaffRoles Roles { get; }

    public StaffPupils Pupils { get; }

    public StaffPeople People { get; }

    public StaffInvitations Invitations { get; }

    private IRecords Records => _storage.Get<IRecords>();

    public static PupilId Pupil => InventedSchool.Pupil(1);

    public static async Task<PeopleOffice> OpenAsync(TestDatabase database)
    {
        var time = new FakeTimeProvider(InventedSchool.Morning.ToDateTimeOffset());
        var storage = await TemporaryRelayStorage.CreateAsync(database);
        var office = new PeopleOffice(storage, time, await InventedSchool.OpenAsync(storage.Get<IRecords>(), time));
        var act = new Act(InventedSchool.Administrator, InventedSchool.Morning - Duration.FromDays(1));
        await office.KeepAsync(work =>
        {
            work.Assignments.Add(new Assignment(
                new AssignmentId(InventedSchool.Number(7_000)), Administrator.Who, Role.Administrator, new AccessScope.OneSchool(InventedSchool.Id), act.At, null, act));
            work.Assignments.Add(new Assignment(
                ExternalsRole, External.Who, Role.ExternalProfessional, new AccessScope.OnePlan(InventedSchool.Id, InventedSchool.Plan(1)), act.At,
                InventedSchool.Morning + Duration.FromDays(14), act));
            foreach (var caller in (Caller[])[Administrator, External, InventedSchool.Parent, InventedSchool.KeyAdult, InventedSchool.Teacher, InventedSchool.Sendco])
                work.PersonCards.Add(new PersonCard(caller.Who, new PersonalText("Mx Okapi"), new PersonalText("01392 445566"), new PersonalText("okapi@example.org")));
            work.PersonCards.Add(new PersonCard(Mother, new PersonalText("Mrs Okapi")));
            work.PupilCards.Add(new PupilCard(
                Pupil, new PersonalText("Rowan"), new LocalDate(2013, 5, 1),
                [new KeyFact(new PersonalText("Reads lips")), new KeyFact(new PersonalText("Afraid of dogs"), IsConfidential: true)]));
            work.Parenthoods.Add(new Parenthood(Mother, Pupil, livesWith: true, InventedSchool.Monday.PlusDays(-1), null, act));
            work.Devices.Add(new PupilDevice(Tablet, Pupil, act));
        });
        return office;
    }

    public async Task KeepAsync(Action<IWork> change)
    {
        await using var work = await Records.BeginAsync(
            InventedSchool.Administrator, InventedSchool.Morning, [Claim.On(InventedSchool.Id), Claim.On(Pupil)], CancellationToken.None);
        change(work);
        Assert.Null(await work.CommitAsync(CancellationToken.None));
    }

    public static RoleGift AtPlan(PersonId who, NewPerson? typed, Role role = Role.ExternalProfessional, LocalDate? lastDay = null, int plan = 1) => new(
        new AssignmentId(Guid.NewGuid()), who, typed, role, InventedSchool.Id, InventedSchool.Plan(plan), lastDay ?? InventedSchool.Monday.PlusDays(7));

    public static RoleGift AtSchool(PersonId who, NewPerson? typed, Role role = Role.Teacher) =>
        new(new AssignmentId(Guid.NewGuid()), who, typed, role, InventedSchool.Id, null, null);

    public async Task<IReadOnlyList<AuditRow>> AuditAsync()
    {
        await using var context = await _storage.Get<IDbContextFactory<RelayDbContext>>().CreateDbContextAsync(CancellationToken.None);
        return await context.Audit.OrderBy(row => row.Number).ToListAsync(CancellationToken.None);
    }

    public ValueTask DisposeAsync() => _storage.DisposeAsync();
}
