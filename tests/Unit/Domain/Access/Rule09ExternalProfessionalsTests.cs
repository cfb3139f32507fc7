using AV1Relay.Domain.Access;
using AV1Relay.Domain.People;
using NodaTime;
using Xunit;
using static AV1Relay.Tests.Unit.Domain.Access.Place;

namespace AV1Relay.Tests.Unit.Domain.Access;

public sealed class Rule09ExternalProfessionalsTests
{
    private static readonly AccessSubject ThePlan = AccessSubject.OfPlan(School, Plan);
    private static readonly Duration Longest = Duration.FromDays(90);

    [Fact]
    public void Access_without_an_end_can_not_be_made() =>
        Assert.Throws<ArgumentException>(() => new Assignment(
            new AssignmentId(Id(41)), Somebody, Role.ExternalProfessional, OnPlan, Now, until: null, new Act(Giver, Now)));

    [Fact]
    public void It_is_for_a_plan_never_for_a_school() =>
        Assert.Throws<ArgumentException>(() => Assign(Role.ExternalProfessional, AtSchool));

    [Fact]
    public void It_ends_by_itself_at_the_moment_that_was_set()
    {
        var until = Now + Duration.FromDays(14);
        var access = Assign(Role.ExternalProfessional, from: Now, until: until);

        Assert.True(May(access, Operation.ReadPlan, ThePlan, until - Duration.Epsilon));
        Assert.False(May(access, Operation.ReadPlan, ThePlan, until));
    }

    [Fact]
    public void Confidential_parts_are_left_out_by_default()
    {
        var permission = AccessPolicy.Check([Assign(Role.ExternalProfessional)], Operation.ReadPlan, ThePlan, Now).Value;

        Assert.True(permission.LeavesOut(LeftOut.ConfidentialParts));
    }

    [Fact]
    public void Confidential_parts_are_shown_where_that_was_given_on_purpose()
    {
        var access = Assign(Role.ExternalProfessional, mandate: Mandate.ReadsConfidentialParts);

        Assert.False(AccessPolicy.Check([access], Operation.ReadPlan, ThePlan, Now).Value.LeavesOut(LeftOut.ConfidentialParts));
    }

    [Fact]
    public void They_change_nothing() =>
        Assert.All(
            AccessTable.Rows.Where(row => row.Rights.Any(right => right.Role is Role.ExternalProfessional)),
            row => Assert.True(row.Operation.ToString().StartsWith("Read", StringComparison.Ordinal) || row.Operation is Operation.RaiseConcern));

    [Fact]
    public void The_authority_says_how_long_it_may_be_at_most()
    {
        var sendco = Assign(Role.Sendco, who: Giver);

        Assert.False(RoleChanges.Give([sendco], Lasting(Longest), Longest).IsRefused);
        Assert.Equal(
            "access.too-long", Assert.Single(RoleChanges.Give([sendco], Lasting(Longest + Duration.Epsilon), Longest).Refusals).Code);
    }

    private static Assignment Lasting(Duration time) => Assign(Role.ExternalProfessional, from: Now, until: Now + time);
}
