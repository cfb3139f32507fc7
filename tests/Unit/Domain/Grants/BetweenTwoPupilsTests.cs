using System.Reflection;
using AV1Relay.Domain.Agreements;
using AV1Relay.Domain.Booking;
using AV1Relay.Domain.Grants;
using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Sessions;
using Xunit;
using static AV1Relay.Tests.Unit.Domain.Booking.Bookable;

namespace AV1Relay.Tests.Unit.Domain.Grants;

/// <summary>Between two pupils the robot forgets the first entirely.</summary>
public sealed class BetweenTwoPupilsTests
{
    [Fact]
    public void A_grant_has_no_place_for_a_former_session_or_for_who_somebody_is() => Assert.Equal(
        [
            "Session: SessionId", "RobotName: String", "PupilDevice: String", "Capabilities: CapabilitySet", "Window: SessionWindow", "FencingNumber: Int64",
        ],
        typeof(SessionGrant).GetProperties().Select(property => $"{property.Name}: {property.PropertyType.Name}"));

    [Fact]
    public void A_decision_is_given_one_session_and_keeps_nothing()
    {
        var decision = typeof(SessionGrantDecision);
        var asked = decision.GetMethods(BindingFlags.Public | BindingFlags.Static).ToDictionary(
            method => method.Name, method => method.GetParameters().Select(parameter => parameter.ParameterType.Name));

        Assert.Equal(["Decide", "LookAhead"], asked.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(["ScheduledSession", "PlanFacts", "PupilDevice", "StationedRobot", "Int64", "Instant"], asked["Decide"]);
        Assert.Equal(["ScheduledSession", "PlanFacts", "PupilDevice", "StationedRobot", "Instant"], asked["LookAhead"]);
        Assert.All(
            decision.GetFields(BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.Static),
            field => Assert.True(field.IsInitOnly, $"{field.Name} could remember a pupil."));
    }

    [Fact]
    public void The_next_pupils_grant_shares_the_robot_with_the_formers_and_nothing_else()
    {
        var first = SessionGrantDecision.Decide(In(SessionState.Live), Facts(), new PupilDevice("tablet-1", Pupil, By(At(8, 0))), Stationed, 7, At(10, 7)).Value;

        var next = SessionGrantDecision.Decide(NextPupils(), NextPlan, new PupilDevice("tablet-2", OtherPupil, By(At(8, 0))), Stationed, 8, At(11, 7)).Value;

        Assert.Equal(
            new SessionGrant(Id(2).ToSessionId(), first.RobotName, "tablet-2", new CapabilitySet(Capability.Zoom), new SessionWindow(At(11, 5), At(11, 35)), 8),
            next);
        Assert.Equal(
            [nameof(SessionGrant.RobotName)],
            typeof(SessionGrant).GetProperties().Where(property => Equals(property.GetValue(first), property.GetValue(next))).Select(property => property.Name));
    }

    [Fact]
    public void The_former_pupils_device_has_no_part_in_the_next_session() => Assert.Equal(
        ["grant.other-device"], SessionGrantDecision.Decide(NextPupils(), NextPlan, new PupilDevice("tablet-1", Pupil, By(At(8, 0))), Stationed, 8, At(11, 7)).Codes());

    private static PlanFacts NextPlan { get; } =
        new(new PlanId(Number(93)), OtherPupil, School, KeyAdult, IsActive: true, Step(new CapabilitySet(Capability.Zoom)));

    private static ScheduledSession NextPupils()
    {
        var use = Use() with { Pupil = OtherPupil, Plan = NextPlan.Plan, Capabilities = new CapabilitySet(Capability.Zoom), Slot = Slot(11, 5) };
        var yes = new Agreement(OtherPupil.ToString(), AgreementCapacity.Pupil, new AgreedTo.Session(Id(2)), At(8, 0), AgreementManner.Page);
        return Booked(use, id: 2).Agree(yes).Value.Place(AllWell, Stationed, By(At(11, 0)), Rules).Value;
    }
}
