using AV1Relay.Domain.Access;
using AV1Relay.Domain.Calendar;
using NodaTime;
using Xunit;
using static AV1Relay.Tests.Unit.Domain.Access.Place;

namespace AV1Relay.Tests.Unit.Domain.Access;

/// <summary>Each role on each operation: a test a row, which names the cells that differ.</summary>
public sealed class AccessMatrixTests
{
    private const string Nobody = ". . . . . . . .";

    public static TheoryData<Operation> Operations { get; } = [.. Enum.GetValues<Operation>()];

    public static TheoryData<Operation> AboutASchool { get; } =
        [.. ExpectedAccess.Rows.Where(row => row.Reach is not (Reach.Anywhere or Reach.Authority)).Select(row => row.Operation)];

    /// <summary>All but what anybody may wherever they are.</summary>
    public static TheoryData<Operation> NotForAnybody { get; } =
        [.. ExpectedAccess.Rows.Where(row => row.Reach is not Reach.Anywhere).Select(row => row.Operation)];

    [Theory, MemberData(nameof(Operations))]
    public void Every_operation_stands_in_the_table_once(Operation operation) =>
        Assert.Single(AccessTable.Rows, row => row.Operation == operation);

    [Theory, MemberData(nameof(Operations))]
    public void Every_operation_is_about_what_the_grid_says(Operation operation) =>
        Assert.Equal(Expected(operation).Reach, AccessTable.Find(operation)!.Reach); // it stands there: the test above

    [Fact]
    public void The_table_is_in_the_order_of_the_operations() =>
        Assert.Equal(Enum.GetValues<Operation>(), AccessTable.Rows.Select(row => row.Operation));

    [Fact]
    public void A_role_has_one_right_in_a_row() =>
        Assert.All(AccessTable.Rows, row => Assert.Equal(row.Rights.Length, row.Rights.Select(right => right.Role).Distinct().Count()));

    [Fact]
    public void An_operation_that_is_not_in_the_table_is_refused_to_everybody()
    {
        var everything = Enum.GetValues<Role>().Select(role => Assign(role)).ToList();

        Assert.Equal("access.unknown-operation", CodeOf(everything, (Operation)9_999, SubjectOf(Reach.Session)));
    }

    [Theory, MemberData(nameof(Operations))]
    public void In_scope_each_role_may_what_the_grid_says(Operation operation)
    {
        var expected = Expected(operation);

        Assert.Equal(Row(role => expected.Cells[role] is 'm' ? '.' : expected.Cells[role]), Asked(operation, SubjectOf(expected.Reach)));
    }

    [Theory, MemberData(nameof(Operations))]
    public void With_its_mandate_a_role_may_what_the_grid_says_and_no_more(Operation operation)
    {
        var expected = Expected(operation);

        Assert.Equal(
            Row(role => (expected.Cells[role], role) is ('m', _) or ('c', Role.ExternalProfessional) ? 'y' : expected.Cells[role]),
            Asked(operation, SubjectOf(expected.Reach), role => Assign(role, mandate: MandateOf(role))));
    }

    [Theory, MemberData(nameof(AboutASchool))]
    public void At_another_school_only_those_of_the_whole_authority_may_anything(Operation operation)
    {
        var expected = Expected(operation);
        Assert.Equal(
            Row(role => ScopeOf(role) == WholeAuthority ? expected.Cells[role] : '.'), Asked(operation, SubjectElsewhere(expected.Reach), WithMandate));
    }

    [Theory, MemberData(nameof(NotForAnybody))]
    public void The_administrators_and_technicians_of_one_school_may_nothing_beyond_it(Operation operation)
    {
        var reach = Expected(operation).Reach;
        var beyond = reach is Reach.Authority ? AccessSubject.Authority : SubjectElsewhere(reach);

        Assert.False(May(Assign(Role.Administrator, AtSchool), operation, beyond));
        Assert.False(May(Assign(Role.Technician, AtSchool), operation, beyond));
    }

    [Theory, MemberData(nameof(NotForAnybody))]
    public void At_their_own_school_they_may_all_of_it_but_what_is_the_authoritys(Operation operation)
    {
        var expected = Expected(operation);
        Assert.All([Role.Administrator, Role.Technician], role => Assert.Equal(
            expected.Cells[role] is not '.' && expected.Reach is not Reach.Authority,
            May(Assign(role, AtSchool), operation, SubjectOf(expected.Reach))));
    }

    [Theory, MemberData(nameof(NotForAnybody))]
    public void Whoever_is_there_for_one_plan_may_nothing_on_another(Operation operation)
    {
        var expected = Expected(operation);
        AccessSubject other = expected.Reach switch
        {
            Reach.Plan => AccessSubject.OfPlan(School, OtherPlan),
            Reach.Session => AccessSubject.OfSession(School, OtherPlan, Room, Today),
            _ => SubjectOf(expected.Reach), // not about one plan
        };
        var isAboutAPlan = expected.Reach is Reach.Plan or Reach.Session;

        Assert.All([Role.KeyAdult, Role.Parent, Role.ExternalProfessional], role => Assert.Equal(
            !isAboutAPlan && expected.Cells[role] is not '.', May(WithMandate(role), operation, other)));
    }

    [Theory, MemberData(nameof(NotForAnybody))]
    public void What_has_ended_gives_nothing(Operation operation) =>
        Assert.Equal(Nobody, Asked(operation, SubjectOf(Expected(operation).Reach), role => Assign(
            role, from: Now - Duration.FromDays(3), mandate: MandateOf(role))));

    [Theory, MemberData(nameof(NotForAnybody))]
    public void What_has_not_begun_gives_nothing(Operation operation) =>
        Assert.Equal(Nobody, Asked(operation, SubjectOf(Expected(operation).Reach), role => Assign(
            role, from: Now + Duration.FromDays(3), mandate: MandateOf(role))));

    [Theory, MemberData(nameof(NotForAnybody))]
    public void What_does_not_exist_is_open_to_nobody(Operation operation) =>
        Assert.Equal(Nobody, Asked(operation, AccessSubject.NotFound, WithMandate));

    [Theory, MemberData(nameof(NotForAnybody))]
    public void A_room_link_opens_what_a_teacher_may_in_that_room_and_nothing_else(Operation operation)
    {
        var expected = Expected(operation);

        Assert.Equal(
            expected.Cells[Role.Teacher] is not '.' && (expected.Reach is Reach.Room or Reach.Session),
            May(Assign(Role.Teacher, InRoom), operation, SubjectOf(expected.Reach)));
    }

    [Theory, MemberData(nameof(NotForAnybody))]
    public void A_room_link_opens_nothing_in_another_room_or_on_another_day(Operation operation)
    {
        Assert.False(May(Assign(Role.Teacher, InRoom), operation, Suiting(operation, OtherRoom, Today)));
        Assert.False(May(Assign(Role.Teacher, InRoom), operation, Suiting(operation, Room, Today.PlusDays(1))));
    }

    [Theory, MemberData(nameof(Operations))]
    public void Somebody_without_any_role_may_only_raise_a_concern(Operation operation) =>
        Assert.Equal(
            operation is Operation.RaiseConcern, !AccessPolicy.Check([], operation, SubjectOf(Expected(operation).Reach), Now).IsRefused);

    private static ExpectedRow Expected(Operation operation) => Assert.Single(ExpectedAccess.Rows, row => row.Operation == operation);

    private static Assignment WithMandate(Role role) => Assign(role, mandate: MandateOf(role));

    private static AccessSubject Suiting(Operation operation, RoomId room, LocalDate date) => Expected(operation).Reach switch
    {
        Reach.Room => AccessSubject.OfRoom(School, room, date),
        _ => AccessSubject.OfSession(School, Plan, room, date),
    };

    /// <summary>The policy's answers to each role in turn, written like a row of the grid.</summary>
    private static string Asked(Operation operation, AccessSubject subject, Func<Role, Assignment>? assign = null) => Row(role =>
        AccessPolicy.Check([assign?.Invoke(role) ?? Assign(role)], operation, subject, Now).TryGet(out var permission, out _)
            ? ExpectedAccess.CellOf(permission.LeftOut)
            : '.');

    private static string Row(Func<Role, char> cell) => string.Join(' ', ExpectedAccess.Columns.Select(cell));
}
