using System.Diagnostics.CodeAnalysis;
using AV1Relay.Domain.Agreements;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Refusals;
using AV1Relay.Domain.Robots;
using NodaTime;

namespace AV1Relay.Domain.Booking;

// What people do with a session, in the order of its life.
public sealed partial class ScheduledSession
{
    /// <summary>The pupil, or a parent, says yes. It is agreed once everybody who is asked has; a second yes of the same changes nothing.</summary>
    public Outcome<ScheduledSession> Agree(Agreement agreement)
    {
        ArgumentNullException.ThrowIfNull(agreement);
        if (State != SessionState.Proposed)
            return agreement.Capacity == AgreementCapacity.Pupil ? SessionRefusals.WrongMomentForPupilToAgree(State) : SessionRefusals.WrongMoment(State);
        if (FindStranger(agreement.Capacity, agreement.Who) is { } refusal) return refusal;
        if (WrittenDownForOthers.WhyNot(agreement.Manner, agreement.Recorded) is { } notTheirs) return notTheirs;
        if (!IsToThis(agreement)) return agreement.Capacity == AgreementCapacity.Pupil ? SessionRefusals.AgreedToOtherForPupil : SessionRefusals.AgreedToOther;
        if (IsPupilAsParent(agreement)) return SessionRefusals.PupilAsParent;
        if (HasAgreed(agreement.Capacity)) return this;

        // A yes to what it was before it was moved is no yes to what it is now.
        if (agreement.At < History.Proposed.At)
            return agreement.Capacity == AgreementCapacity.Pupil ? SessionRefusals.AgreedBeforeForPupil : SessionRefusals.AgreedBefore;
        return With(History with { Agreements = History.Agreements.Add(agreement) });
    }

    /// <summary>
    /// The pupil, or a parent, says no: also after a yes. Once it is live, a parent's no ends it as soon as it is known, and the pupil leaves
    /// instead.
    /// </summary>
    public Outcome<ScheduledSession> Decline(SaidNo no)
    {
        ArgumentNullException.ThrowIfNull(no);
        if (FindStranger(no.Capacity, no.Who) is { } refusal) return refusal;
        if (WrittenDownForOthers.WhyNot(no.Manner, no.Recorded) is { } notTheirs) return notTheirs;
        if (IsStillToCome) return With(History with { Declined = no });
        if (no.Capacity == AgreementCapacity.Pupil) return SessionRefusals.WrongMomentForPupil(State);
        return State == SessionState.Live ? EndAt(no.Recorded?.At ?? no.At, new EndedBy.Parent(no)) : SessionRefusals.WrongMoment(State);
    }

    /// <summary>Staff call it off before it is live.</summary>
    public Outcome<ScheduledSession> Cancel(Act act)
    {
        ArgumentNullException.ThrowIfNull(act);
        return IsStillToCome ? With(History with { Cancelled = act }) : SessionRefusals.WrongMoment(State);
    }

    /// <summary>The robot stands in its place and is checked: from some minutes before the start until it is released.</summary>
    /// <param name="station">Where the booked robot belongs now, and not when the session was booked; null: nowhere.</param>
    public Outcome<ScheduledSession> Place(RobotCheck check, StationedRobot? station, Act act, SessionRules rules)
    {
        ArgumentNullException.ThrowIfNull(check);
        ArgumentNullException.ThrowIfNull(act);
        ArgumentNullException.ThrowIfNull(rules);
        if (State != SessionState.Agreed) return SessionRefusals.WrongMoment(State);

        List<Refusal> refusals = [];
        var from = Window.Start - rules.ReadyBefore;
        if (act.At < from) refusals.Add(SessionRefusals.TooEarlyToPlace(ClockAt(from)));
        if (act.At >= ReleasedAt(rules)) refusals.Add(SessionRefusals.TimeIsOver);
        if (check.RobotName != Booked.RobotName) refusals.Add(SessionRefusals.OtherRobot);
        if (!IsWhereItIsBooked(station)) refusals.Add(SessionRefusals.RobotElsewhere);
        else if (station.OutOfServiceBecause is { } why) refusals.Add(SessionRefusals.RobotOutOfService(why));
        if (!check.BatteryLasts) refusals.Add(SessionRefusals.BatteryLow);
        if (!check.WifiHolds) refusals.Add(SessionRefusals.WifiWeak);
        if (!check.SoundIsHeard) refusals.Add(SessionRefusals.SoundUnheard);
        return refusals.Count > 0 ? Outcome.Refused<ScheduledSession>(refusals) : With(History with { Placement = new RobotPlacement(act) });
    }

    /// <summary>The pupil looks at what it will be, before they come in. It changes nothing, and nothing is live for it.</summary>
    public Outcome<ScheduledSession> LookAhead(Instant at)
    {
        if (!IsStillToCome && State != SessionState.Live) return SessionRefusals.WrongMomentForPupil(State);
        return Window.HasEnded(at) ? SessionRefusals.TimeIsOverForPupil : this;
    }

    /// <summary>The pupil comes in, for the first time or again, with the same device or another. Outside the window nothing is live (rule 1).</summary>
    public Outcome<ScheduledSession> Join(string deviceId, Instant at)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(deviceId);
        if (IsStillToCome && at < Window.Start) return SessionRefusals.NotStarted(ClockAt(Window.Start));
        if (State is not (SessionState.Ready or SessionState.Live)) return SessionRefusals.WrongMomentForPupil(State);
        if (Window.HasEnded(at)) return SessionRefusals.TimeIsOverForPupil;
        return With(History with { Joins = History.Joins.Add(new DeviceJoin(deviceId, at)) });
    }

    /// <summary>Whether who wanted to come in, and was told this, may come in by waiting: for the lesson to begin, or for others to have done their part.</summary>
    public static bool PassesByWaiting(Refusal refusal) => SessionRefusals.PassesByWaiting(refusal);

    /// <summary>Something holds the session up; it stays live. Saying so twice changes nothing.</summary>
    public Outcome<ScheduledSession> Pause(PauseReason reason, Instant at)
    {
        if (State != SessionState.Live) return SessionRefusals.WrongMoment(State);
        if (OpenPauses().Any(pause => pause.Reason == reason)) return this;
        return With(History with { Pauses = History.Pauses.Add(new Pause(reason, at)) });
    }

    /// <summary>What held it up is over. Without such a pause nothing changes.</summary>
    public Outcome<ScheduledSession> Resume(PauseReason reason, Instant at)
    {
        if (State != SessionState.Live) return SessionRefusals.WrongMoment(State);
        return With(History with { Pauses = [.. History.Pauses.Select(pause => pause.Reason == reason ? Close(pause, at) : pause)] });
    }

    /// <summary>Whether a side that was away must sign in again; a short while without a network asks for nothing.</summary>
    public bool AsksForSignIn(Instant now, SessionRules rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        return OpenPauses().Any(pause => pause.Reason == PauseReason.NoNetwork && now - pause.From > rules.SurvivesWithoutNetwork);
    }

    /// <summary>Staff put the end off, if nothing follows.</summary>
    public Outcome<ScheduledSession> Extend(Duration more, WhatFollows next, Act act, SessionRules rules)
    {
        ArgumentNullException.ThrowIfNull(next);
        ArgumentNullException.ThrowIfNull(act);
        ArgumentNullException.ThrowIfNull(rules);
        if (State != SessionState.Live) return SessionRefusals.WrongMoment(State);
        if (more <= Duration.Zero) return SessionRefusals.NotAnExtension;

        List<Refusal> refusals = [];
        if (Window.HasEnded(act.At)) refusals.Add(SessionRefusals.TimeIsOver);
        var end = Window.End + more;
        if (end - Booked.Slot.ToInterval(Booked.Zone).End > rules.LongestExtension) refusals.Add(SessionRefusals.ExtensionTooLong);
        if (end + (next.RobotForSamePupil ? Duration.Zero : rules.BetweenPupils) > next.Robot)
            refusals.Add(SessionRefusals.SomethingFollows("The robot's", ClockAt(next.Robot.Value)));
        if (end > next.Pupil) refusals.Add(SessionRefusals.SomethingFollows("The pupil's", ClockAt(next.Pupil.Value)));
        if (end > next.Carrier) refusals.Add(SessionRefusals.SomethingFollows("The carrier's", ClockAt(next.Carrier.Value)));
        if (refusals.Count > 0) return Outcome.Refused<ScheduledSession>(refusals);
        return With(History with { Extensions = History.Extensions.Add(new Extension(more, act)), WarnedOfEndAt = null });
    }

    /// <summary>The pupil leaves: always allowed, and asks for no reason. Once it has ended, leaving changes nothing.</summary>
    public Outcome<ScheduledSession> Leave(Instant at, SessionRules rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        if (History.End is not null) return this;
        if (State != SessionState.Live) return SessionRefusals.WrongMomentForPupil(State);
        return EndAt(at, new EndedBy.Pupil(Early: at < Window.End - rules.WarnBeforeEnd));
    }

    /// <summary>Staff end it. A reason is welcome, and never stands in the way.</summary>
    public Outcome<ScheduledSession> End(Act act)
    {
        ArgumentNullException.ThrowIfNull(act);
        return State == SessionState.Live ? EndAt(act.At, new EndedBy.Staff(act.Who, act.Why)) : SessionRefusals.WrongMoment(State);
    }

    /// <summary>Robot or link has failed for good; for a short while without a network see <see cref="Pause"/>.</summary>
    /// <param name="what">In words, for staff: "The robot's battery was empty".</param>
    public Outcome<ScheduledSession> BreakOff(string what, Instant at)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(what);
        return State == SessionState.Live ? EndAt(at, new EndedBy.RobotOrLink(what)) : SessionRefusals.WrongMoment(State);
    }

    /// <summary>
    /// Ends a live session once an agreement that it needs was taken back, or ended with its arrangement; there is no grant for it any more.
    /// Before it is live nothing changes: the same agreement, given again in time, lets it go ahead.
    /// </summary>
    /// <param name="plan">As it stands now.</param>
    /// <exception cref="ArgumentException">The plan is not the session's.</exception>
    public ScheduledSession EndIfLapsed(PlanFacts plan, Instant now) =>
        State == SessionState.Live && FindLapse(plan, now) is { } lapsed ? EndAt(now, new EndedBy.Lapse(lapsed.What)) : this;

    /// <summary>The first of the plan's agreements that is not in force on the day that it is now; null when all are.</summary>
    internal NeededAgreement? FindLapse(PlanFacts plan, Instant now)
    {
        ArgumentNullException.ThrowIfNull(plan);
        if (plan.Plan != Booked.Plan) throw new ArgumentException("The plan is another pupil's.", nameof(plan));
        return plan.LapsedOn(now.InZone(Booked.Zone).Date).FirstOrDefault();
    }

    /// <summary>
    /// The pupil or staff look back on it, or skip that; neither waits for the other. Another word by the same side is a correction, and what
    /// was said first stays; saying the same again changes nothing.
    /// </summary>
    public Outcome<ScheduledSession> Reflect(Reflection reflection)
    {
        ArgumentNullException.ThrowIfNull(reflection);
        if (reflection is Reflection.OfPupil { Who: var who } && who != Booked.Pupil) return SessionRefusals.OtherPupil;
        if (State is not (SessionState.Ended or SessionState.Reflected))
            return reflection is Reflection.OfPupil ? SessionRefusals.WrongMomentForPupil(State) : SessionRefusals.WrongMoment(State);
        Reflection? before = reflection is Reflection.OfPupil ? PupilsReflection : StaffReflection;
        return before is not null && before with { At = reflection.At } == reflection
            ? this
            : With(History with { Reflections = History.Reflections.Add(reflection) });
    }

    /// <summary>Whether the booked robot still belongs to the school that the session is in: no camera of another school's goes live for it.</summary>
    /// <param name="station">Where the booked robot belongs now; null: nowhere.</param>
    /// <exception cref="ArgumentException">It is another robot.</exception>
    internal bool IsWhereItIsBooked([NotNullWhen(true)] StationedRobot? station)
    {
        if (station is not null && station.RobotName != Booked.RobotName) throw new ArgumentException("That is another robot's station.", nameof(station));
        return station?.School == Booked.School;
    }

    /// <summary>Puts another use in place of the one booked; it has been checked. What people had agreed to stands while it is not exceeded.</summary>
    internal Outcome<ScheduledSession> MoveTo(BookedUse use, Act act)
    {
        if (!CanBeMoved) return SessionRefusals.WrongMoment(State);
        return new ScheduledSession(Id, use, new SessionHistory(act, use.IsWithin(Booked) ? History.Agreements : []));
    }

    internal bool CanBeMoved => State is SessionState.Proposed or SessionState.Agreed;

    private bool IsStillToCome => State is SessionState.Proposed or SessionState.Agreed or SessionState.Ready;

    private bool IsToThis(Agreement agreement) => agreement.To == new AgreedTo.Session(Id);

    private bool IsPupilAsParent(Agreement agreement) =>
        agreement.Capacity == AgreementCapacity.Parent && string.Equals(agreement.Who, Booked.Pupil.ToString(), StringComparison.OrdinalIgnoreCase);

    private Refusal? FindStranger(AgreementCapacity capacity, string who) => capacity switch
    {
        AgreementCapacity.Pupil when who != Booked.Pupil.ToString() => SessionRefusals.OtherPupil,
        AgreementCapacity.Pupil or AgreementCapacity.Parent => null,
        _ => SessionRefusals.NotAsked,
    };

    // Late news of an end does not make a session longer than its window, nor early news its length negative.
    private ScheduledSession EndAt(Instant at, EndedBy by)
    {
        var end = Instant.Max(History.Joins[0].At, Instant.Min(at, Window.End));
        return With(History with { End = new SessionEnd(end, by), Pauses = [.. History.Pauses.Select(pause => Close(pause, end))] });
    }

    private static Pause Close(Pause pause, Instant at) => pause.Until is null ? pause with { Until = Instant.Max(pause.From, at) } : pause;

    private LocalTime ClockAt(Instant instant) => instant.InZone(Booked.Zone).TimeOfDay;
}
