using AV1Relay.Domain.Booking;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Refusals;
using AV1Relay.Domain.Sessions;
using NodaTime;

namespace AV1Relay.Domain.Grants;

/// <summary>A device that staff have bound to a pupil.</summary>
public sealed record PupilDevice(string Id, PupilId Pupil)
{
    public override string ToString() => nameof(PupilDevice);
}

/// <summary>Whether a session's device may have a grant now, and what it says (rule 1: the step configures the robot).</summary>
/// <remarks>
/// It looks at one session and at nothing that went before, so that between two pupils a robot keeps nothing of the first.
/// Decide again whenever session or plan change: the newest grant counts.
/// </remarks>
public static class SessionGrantDecision
{
    /// <param name="plan">As it stands now, not as it stood when the session was booked.</param>
    /// <exception cref="ArgumentException">The plan is not the session's.</exception>
    public static Outcome<SessionGrant> Decide(ScheduledSession session, PlanFacts plan, PupilDevice device, long fencingNumber, Instant now)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(device);
        if (plan.Plan != session.Booked.Plan) throw new ArgumentException("The plan is another pupil's.", nameof(plan));

        List<Refusal> refusals = [];
        if (session.State is not (SessionState.Ready or SessionState.Live)) refusals.Add(NotReady(session.State));
        if (now < session.Window.Start) refusals.Add(NotStarted);
        if (session.Window.HasEnded(now)) refusals.Add(TimeIsOver);
        if (device.Pupil != session.Booked.Pupil) refusals.Add(OtherDevice);
        if (!plan.IsActive) refusals.Add(PlanNotActive);
        if (plan.CurrentStep.Robot is not { } robot) refusals.Add(StepWithoutRobot);
        else if (refusals.Count == 0) return Grant(session, robot.Capabilities, device, fencingNumber);
        return Outcome.Refused<SessionGrant>(refusals);
    }

    // What was agreed to, less what the step has lost since: a plan that changes can narrow a session and never widen it.
    private static SessionGrant Grant(ScheduledSession session, CapabilitySet stepNow, PupilDevice device, long fencingNumber) => new(
        session.Id.ToSessionId(), session.Booked.RobotName, device.Id,
        new CapabilitySet(session.Booked.Capabilities.Flags & stepNow.Flags), session.Window, fencingNumber);

    private static Refusal NotReady(SessionState state) => state is SessionState.Proposed or SessionState.Agreed
        ? new("grant.not-ready", "The robot is not ready for this session yet.", "Wait until it is in its place and checked.")
        : new("grant.session-over", "This session is over.", "Look at your day for the next one.");

    private static readonly Refusal NotStarted = new("grant.not-started", "This session has not begun.", "Come back when it begins.");
    private static readonly Refusal TimeIsOver = new(
        "grant.time-is-over", "The time of this session is over.",
        "Look at your day for the next one.");
    private static readonly Refusal OtherDevice = new(
        "grant.other-device", "This device does not belong to this session.",
        "Ask your key adult for a new link.");
    private static readonly Refusal PlanNotActive = new("grant.plan-not-active", "The support plan is not active.", "Ask your key adult.");
    private static readonly Refusal StepWithoutRobot = new(
        "grant.step-without-robot", "Today's step is without the robot.",
        "Ask your key adult what happens today.");
}
