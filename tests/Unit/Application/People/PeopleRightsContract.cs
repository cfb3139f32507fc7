using AV1Relay.Application.Asking;
using AV1Relay.Application.People;
using AV1Relay.Application.Schedule;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Refusals;
using AV1Relay.Tests.Unit.Storage;
using NodaTime;
using Xunit;

namespace AV1Relay.Tests.Unit.Application.People;

/// <summary>Each question about people and pupils as each role: who is answered with anything but no.</summary>
public abstract class PeopleRightsContract(TestDatabase database)
{
    private static readonly (string Name, Caller Caller)[] Callers =
    [
        ("administrator", PeopleOffice.Administrator), ("psychologist", InventedSchool.Psychologist), ("sendco", InventedSchool.Sendco),
        ("key adult", InventedSchool.KeyAdult), ("teacher", InventedSchool.OtherTeacher), ("technician", InventedSchool.Technician),
        ("parent", InventedSchool.Parent), ("external", PeopleOffice.External), ("sendco elsewhere", InventedSchool.SendcoElsewhere),
        ("nobody", new Caller(new PersonId(InventedSchool.Number(33)))),
    ];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static NewPerson Typed => new("Dr New", null, null);

    [Theory]
    [InlineData("read a school's people", "administrator", "sendco")]
    [InlineData("read a plan's people", "administrator", "sendco")]
    [InlineData("read a person", "administrator", "sendco")]
    [InlineData("change a person", "administrator", "sendco")]
    [InlineData("invite a parent", "administrator", "sendco")]
    [InlineData("give a role at the school", "administrator")]
    [InlineData("give a role at a plan", "sendco")]
    [InlineData("read a role", "administrator", "sendco")]
    [InlineData("end a role at the school", "administrator")]
    [InlineData("end a role at a plan", "administrator", "sendco")]
    [InlineData("list pupils", "psychologist", "sendco", "key adult", "parent", "external")]
    [InlineData("read a pupil", "psychologist", "sendco", "key adult", "parent", "external")]
    [InlineData("add a pupil", "sendco")]
    [InlineData("change a pupil's card", "sendco")]
    [InlineData("add a parent", "sendco")]
    [InlineData("end a parent", "sendco")]
    [InlineData("unbind a device", "sendco", "key adult")]
    [InlineData("read the key adult's card", "psychologist", "sendco", "key adult", "parent", "external")]
    [InlineData("read what is to come", "psychologist", "sendco", "key adult", "parent")]
    [InlineData("answer as a parent", "parent")]
    public async Task Who_may(string question, params string[] expected)
    {
        await using var office = await PeopleOffice.OpenAsync(database);
        await office.School.Schedule.BookAsync(InventedSchool.Sendco, InventedSchool.Wish(1, day: 1), "", Cancellation);

        List<string> may = [];
        foreach (var (name, caller) in Callers)
        {
            var refusals = await AskAsync(office, question, caller);
            if (refusals.All(refusal => !refusal.Code.StartsWith("access.", StringComparison.Ordinal))) may.Add(name);
        }

        Assert.Equal(expected, may);
        Assert.Equal(Callers.Length - expected.Length, (await office.AuditAsync()).Count(row => row.What == "access.refused"));
    }

    private static async Task<IReadOnlyList<Refusal>> AskAsync(PeopleOffice office, string question, Caller caller)
    {
        var (school, plan, pupil, someone) = (InventedSchool.Id, InventedSchool.Plan(1), PeopleOffice.Pupil, new PersonId(Guid.NewGuid()));
        return question switch
        {
            "read a school's people" => (await office.Roles.ListAsync(caller, school, Cancellation)).Refusals,
            "read a plan's people" => (await office.Roles.OfPlanAsync(caller, plan, Cancellation)).Refusals,
            "read a person" => (await office.Roles.ReadPersonAsync(caller, school, InventedSchool.Teacher.Who, Cancellation)).Refusals,
            "change a person" => (await office.Roles.ChangePersonAsync(caller, school, InventedSchool.Teacher.Who, 1, Typed, Cancellation)).Refusals,
            "invite a parent" => (await office.Invitations.PermitAsync(caller, school, InventedSchool.Parent.Who, "a@b.example", _ => Task.FromResult(false), Cancellation)).Refusals,
            "give a role at the school" => (await office.Roles.GiveAsync(caller, PeopleOffice.AtSchool(someone, Typed), "", Cancellation)).Refusals,
            "give a role at a plan" => (await office.Roles.GiveAsync(caller, PeopleOffice.AtPlan(someone, Typed), "", Cancellation)).Refusals,
            "read a role" => (await office.Roles.ReadRoleAsync(caller, PeopleOffice.ExternalsRole, Cancellation)).Refusals,
            "end a role at the school" => (await office.Roles.EndAsync(caller, PeopleOffice.TeachersRole, 99, "", Cancellation)).Refusals,
            "end a role at a plan" => (await office.Roles.EndAsync(caller, PeopleOffice.ExternalsRole, 99, "", Cancellation)).Refusals,
            "list pupils" => (await office.Pupils.ListAsync(caller, school, Cancellation)).Refusals,
            "read a pupil" => (await office.Pupils.ReadAsync(caller, pupil, Cancellation)).Refusals,
            "add a pupil" => (await office.Pupils.AddAsync(caller, school, new PupilId(Guid.NewGuid()), "Wren", new LocalDate(2013, 1, 1), Cancellation)).Refusals,
            "change a pupil's card" => (await office.Pupils.ChangeCardAsync(caller, pupil, 1, "Wren", new LocalDate(2013, 1, 1), [], Cancellation)).Refusals,
            "add a parent" => (await office.Pupils.AddParentAsync(caller, pupil, someone, Typed, true, Cancellation)).Refusals,
            "end a parent" => (await office.Pupils.EndParentAsync(caller, pupil, PeopleOffice.Mother, 1, "", true, Cancellation)).Refusals,
            "unbind a device" => (await office.Pupils.UnbindAsync(caller, pupil, PeopleOffice.Tablet, Cancellation)).Refusals,
            "read the key adult's card" => (await office.People.KeyAdultAsync(caller, plan, Cancellation)).Refusals,
            "read what is to come" => (await office.School.Schedule.ToComeAsync(caller, plan, Cancellation)).Refusals,
            "answer as a parent" => (await office.School.Schedule.AnswerAsParentAsync(
                caller, new SessionChangeRequest(InventedSchool.Session(1), 1), true, "", Cancellation)).Refusals,
            _ => throw new ArgumentException(question, nameof(question)),
        };
    }
}

public sealed class PeopleRightsOnSqliteTests() : PeopleRightsContract(TestDatabase.Sqlite);

public sealed class PeopleRightsOnPostgresTests() : PeopleRightsContract(TestDatabase.Postgres);
