using AV1Relay.Domain.Access;
using NodaTime;
using Xunit;
using static AV1Relay.Tests.Unit.Domain.Access.Place;

namespace AV1Relay.Tests.Unit.Domain.Access;

public sealed class Rule10SafeguardingTests
{
    public static TheoryData<Role> Roles { get; } = [.. Enum.GetValues<Role>()];

    [Theory, MemberData(nameof(Roles))]
    public void Everybody_may_raise_a_concern_after_their_access_has_ended_too(Role role)
    {
        var longOver = Assign(role, from: Now - Duration.FromDays(400));

        Assert.True(May(longOver, Operation.RaiseConcern, AccessSubject.NotFound));
    }

    [Fact]
    public void Nobody_who_searches_the_audit_sees_who_raised_one() =>
        Assert.All(
            AccessTable.Rows.Single(row => row.Operation is Operation.SearchAudit).Rights,
            right => Assert.True(right.LeftOut.HasFlag(LeftOut.Concerns)));
}
