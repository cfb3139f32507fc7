using AV1Relay.Domain.Access;
using Xunit;
using static AV1Relay.Tests.Unit.Domain.Access.Place;

namespace AV1Relay.Tests.Unit.Domain.Access;

/// <summary>What the domain says about roles, held against the table as a whole: a new row can't forget it.</summary>
public sealed class LeastPrivilegeTests
{
    [Fact]
    public void Technicians_see_no_plan_and_no_pupil() =>
        Assert.All(RowsOf(Role.Technician), row => Assert.True(
            row.Reach is Reach.School or Reach.Authority or Reach.Anywhere
            || row.Operation is Operation.PlaceRobot
            || Right(row, Role.Technician).LeftOut.HasFlag(LeftOut.Pupils | LeftOut.PlanContents),
            $"{row.Operation}"));

    [Fact]
    public void Teachers_are_in_no_row_about_a_plan() => Assert.DoesNotContain(RowsOf(Role.Teacher), row => row.Reach is Reach.Plan);

    [Fact]
    public void Teachers_see_a_session_without_what_stands_in_the_plan() =>
        Assert.All(
            RowsOf(Role.Teacher).Where(row => IsLook(row) && row.Reach is Reach.Session or Reach.Room),
            row => Assert.True(Right(row, Role.Teacher).LeftOut.HasFlag(LeftOut.PlanContents), $"{row.Operation}"));

    [Fact]
    public void In_somebody_elses_lesson_a_teacher_puts_the_robot_in_its_place_and_nothing_more() =>
        Assert.Equal(
            [Operation.PlaceRobot],
            RowsOf(Role.Teacher).Where(row => row.Reach is Reach.Session).Select(row => row.Operation)
                .Where(operation => May(Assign(Role.Teacher), operation, AccessSubject.OfSession(School, Plan, Room, Today, Giver))));

    [Fact]
    public void Who_stands_in_by_a_room_link_may_what_the_teacher_may() =>
        Assert.All(
            RowsOf(Role.Teacher).Where(row => row.Reach is Reach.Session),
            row => Assert.True(May(Assign(Role.Teacher, InRoom), row.Operation, AccessSubject.OfSession(School, Plan, Room, Today, Giver))));

    [Fact]
    public void Administrators_read_nothing_about_a_plan() =>
        Assert.DoesNotContain(RowsOf(Role.Administrator), row => IsLook(row) && row.Reach is Reach.Plan or Reach.Session);

    [Theory]
    [InlineData(Role.Parent)]
    [InlineData(Role.ExternalProfessional)]
    public void Those_outside_the_school_reach_one_plan_and_nothing_of_the_school(Role role) =>
        Assert.All(RowsOf(role), row => Assert.True(row.Reach is Reach.Plan or Reach.Session or Reach.Anywhere, $"{row.Operation}"));

    [Theory]
    [InlineData(Role.Parent)]
    [InlineData(Role.ExternalProfessional)]
    [InlineData(Role.Technician)]
    [InlineData(Role.Administrator)]
    public void Neither_sees_or_hears_a_classroom(Role role) =>
        Assert.DoesNotContain(RowsOf(role), row => row.Operation is Operation.ReadLiveState or Operation.DrawCurtain);

    [Fact]
    public void There_is_no_way_to_watch() =>
        Assert.DoesNotContain(
            Enum.GetValues<Operation>(),
            operation => operation.ToString().Contains("Observe", StringComparison.Ordinal) || operation.ToString().Contains("Watch", StringComparison.Ordinal));

    [Fact]
    public void Nobody_reads_ratings_that_the_pupil_has_not_shared() =>
        Assert.Equal(
            [Operation.ReadSharedRatings],
            Enum.GetValues<Operation>().Where(operation => operation.ToString().Contains("Rating", StringComparison.Ordinal)));

    [Fact]
    public void Only_the_key_adult_steps_up_with_the_pupil() =>
        Assert.Equal([Role.KeyAdult], AccessTable.Find(Operation.StepUp)!.Rights.Select(right => right.Role)); // in the table: AccessMatrixTests

    private static IEnumerable<AccessRow> RowsOf(Role role) => AccessTable.Rows.Where(row => row.Rights.Any(right => right.Role == role));

    private static Right Right(AccessRow row, Role role) => row.Rights.Single(right => right.Role == role);

    private static bool IsLook(AccessRow row) => row.Operation.ToString() is var name
        && (name.StartsWith("Read", StringComparison.Ordinal) || name.StartsWith("Print", StringComparison.Ordinal)
            || name.StartsWith("Export", StringComparison.Ordinal));
}
