using AV1Relay.Domain.Booking;
using AV1Relay.Domain.Refusals;
using AV1Relay.Domain.Robots;
using AV1Relay.Domain.Sessions;
using NodaTime;

namespace AV1Relay.Domain.Grants;

/// <summary>Whether a session's device may have a grant now, and what it says (rule 1: the step configures the robot).</summary>
/// <remarks>
/// It looks at one session and at nothing that went before, so that between two pupils a robot keeps nothing of the first.
/// Decide again whenever session or plan change: the newest grant counts, and a refusal ends the one before.
/// <para>Agreements are looked at as they stand now, and not as they stood when the session was booked. One that was taken back, or ended with
/// its arrangement, before the session begins: there is no grant, until it is given again. During the session: the grant ends at once, the pupil
/// is told so in words, and <see cref="ScheduledSession.EndIfLapsed"/> ends the session. Consent that could not be taken back would be none. Which
/// agreement it was is for staff, with the session's end: a pupil's device is not told that it was a parent's. The same goes for a yes to this one
/// session: <see cref="ScheduledSession.Decline"/> takes it back before and during it, and what is over has no grant.</para>
/// </remarks>
public static class SessionGrantDecision
{
    /// <param name="plan">As it stands now, not as it stood when the session was booked.</param>
    /// <param name="station">Where the booked robot belongs now, and whether it works; null: nowhere.</param>
    /// <exception cref="ArgumentException">Plan or station are not the session's.</exception>
    public static Outcome<SessionGrant> Decide(
        ScheduledSession session, PlanFacts plan, PupilDevice device, StationedRobot? station, long fencingNumber, Instant now)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(device);
        List<Refusal> refusals = [];
        if (session.State is not (SessionState.Ready or SessionState.Live)) refusals.Add(NotReady(session.State));
        if (now < session.Window.Start) refusals.Add(NotStarted);
        refusals.AddRange(WhatStandsInTheWay(session, plan, device, station, now));
        return refusals.Count > 0 ? Outcome.Refused<SessionGrant>(refusals) : new SessionGrant(
            session.Id.ToSessionId(), session.Booked.RobotName, device.Id, CapabilitiesOf(session, plan), session.Window, fencingNumber);
    }

    /// <summary>What a grant will allow once the session has begun and the robot is ready, for a pupil who looks before they come in. Nothing is granted by it.</summary>
    /// <param name="device">What the pupil looks with; it need not have been in a session.</param>
    /// <returns>Refused where waiting would not help either.</returns>
    /// <inheritdoc cref="Decide"/>
    public static Outcome<SessionAhead> LookAhead(ScheduledSession session, PlanFacts plan, PupilDevice device, StationedRobot? station, Instant now)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(device);
        var refusals = WhatStandsInTheWay(session, plan, device, station, now);
        var (begins, booked) = (session.Window.Start, session.Booked);
        return refusals.Count > 0 ? Outcome.Refused<SessionAhead>(refusals) : new SessionAhead(
            plan.CurrentStep, booked.Lesson?.Label, CapabilitiesOf(session, plan), now < begins ? begins.InZone(booked.Zone).TimeOfDay : null);
    }

    private static List<Refusal> WhatStandsInTheWay(
        ScheduledSession session, PlanFacts plan, PupilDevice device, StationedRobot? station, Instant now)
    {
        var lapsed = session.FindLapse(plan, now);
        List<Refusal> refusals = [];
        if (session.Window.HasEnded(now)) refusals.Add(TimeIsOver);
        if (!session.IsWhereItIsBooked(station)) refusals.Add(RobotElsewhere);
        else if (station.OutOfServiceBecause is not null) refusals.Add(RobotOutOfService);
        if (device.Pupil != session.Booked.Pupil || !device.IsBound) refusals.Add(OtherDevice);
        if (!plan.IsActive) refusals.Add(PlanNotActive);
        if (lapsed is not null) refusals.Add(session.State == SessionState.Live ? NoLongerAgreed : NotAgreed);
        if (plan.CurrentStep.Robot is null) refusals.Add(StepWithoutRobot);
        return refusals;
    }

    // What was agreed to, less what the step has lost since: a plan that changes can narrow a session and never widen it.
    private static CapabilitySet CapabilitiesOf(ScheduledSession session, PlanFacts plan) =>
        new(session.Booked.Capabilities.Flags & plan.CurrentStep.Robot!.Capabilities.Flags); // a step without the robot was refused before

    private static Refusal NotReady(SessionState state) => state is SessionState.Proposed or SessionState.Agreed
        ? new("grant.not-ready", "The robot is not ready for this session yet.", "Wait until it is in its place and checked.")
        : new("grant.session-over", "This session is over.", "Look at your day for the next one.");

    private static readonly Refusal NotStarted = new("grant.not-started", "This session has not begun.", "Come back when it begins.");
    private static readonly Refusal TimeIsOver = new(
        "grant.time-is-over", "The time of this session is over.",
        "Look at your day for the next one.");
    // A robot that stands at another school would show another school's classroom, whoever placed it from afar.
    private static readonly Refusal RobotElsewhere = new(
        "grant.robot-elsewhere", "This robot is not at your school any more. You have done nothing wrong.",
        "Ask your key adult what happens today.");
    private static readonly Refusal RobotOutOfService = new(
        "grant.robot-out-of-service", "Your robot has to be mended. You have done nothing wrong.",
        "Ask your key adult what happens today.");
    private static readonly Refusal OtherDevice = new(
        "grant.other-device", "This device does not belong to this session.",
        "Ask your key adult for a new link.");
    private static readonly Refusal PlanNotActive = new("grant.plan-not-active", "The support plan is not active.", "Ask your key adult.");
    private static readonly Refusal NotAgreed = new(
        "grant.agreement-lapsed", "Something has to be agreed again before this session.",
        "Ask your key adult. You have done nothing wrong.");
    private static readonly Refusal NoLongerAgreed = new(
        "grant.agreement-lapsed", "Something that this session needs is no longer agreed, so it stops here. You have done nothing wrong.",
        "Ask your key adult what happens next.");
    private static readonly Refusal StepWithoutRobot = new(
        "grant.step-without-robot", "Today's step is without the robot.",
        "Ask your key adult what happens today.");
}
