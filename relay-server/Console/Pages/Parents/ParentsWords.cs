using AV1Relay.Domain.Agreements;
using AV1Relay.Domain.Booking;
using AV1Relay.Domain.Sessions;
using AV1Relay.StaffConsole.Layout;

namespace AV1Relay.StaffConsole.Pages.Parents;

/// <summary>A session as a parent reads it.</summary>
internal static class ParentsWords
{
    public static string WhatItIs(BookedUse booked) =>
        $"{booked.Lesson?.Label ?? "Outside lessons"}, for {Words.Of(booked.Slot.Duration)}, through the robot, {WhereOf(booked.Location)}.";

    /// <summary>A parent's no is still to be heard: before it, and while it is live.</summary>
    public static bool CanSayNo(ScheduledSession session) =>
        session.State is SessionState.Proposed or SessionState.Agreed or SessionState.Ready or SessionState.Live;

    public static bool IsLive(ScheduledSession session) => session.State is SessionState.Live;

    /// <summary>It waits for a parent's yes.</summary>
    public static bool IsAsked(ScheduledSession session) =>
        session is { State: SessionState.Proposed, Booked.AsksParent: true } && !HasParentAgreed(session);

    /// <summary>Where it stands; of one that is not agreed yet, for whom it waits.</summary>
    public static string Standing(ScheduledSession session) => session.State is SessionState.Proposed
        ? HasParentAgreed(session) ? "A parent said yes. Your child is asked too." : IsAsked(session) ? "We wait for your answer." : "Your child is asked first."
        : Words.Of(session.State);

    /// <summary>An address that a phone dials.</summary>
    public static string Call(string number) => $"tel:{string.Concat(number.Where(sign => char.IsAsciiDigit(sign) || sign == '+'))}";

    private static bool HasParentAgreed(ScheduledSession session) =>
        session.History.Agreements.Any(agreement => agreement.Capacity == AgreementCapacity.Parent);

    private static string WhereOf(PupilLocation location) => location switch
    {
        PupilLocation.Home => "from home",
        PupilLocation.SchoolSite => "from another room at school",
        _ => "from another place",
    };
}
