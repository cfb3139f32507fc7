using AV1Relay.Domain.Booking;
using AV1Relay.Domain.Plans;

namespace AV1Relay.Api.Staff;

/// <summary>How much a request of another system may hold; beyond it is malformed.</summary>
internal static class StaffLimits
{
    /// <summary>Bytes of a reply: a plan of the size that <see cref="PlanLimits"/> sets always fits. Requests have <see cref="RelayApi.MaxMessageBytes"/>.</summary>
    internal const int MaxReplyBytes = 4 * 1024 * 1024;

    /// <summary>Characters of what somebody said or wrote: two pages.</summary>
    internal const int MaxWords = PlanLimits.LongestWords;

    /// <summary>Characters of what is named: a place, who is there, a part of the day.</summary>
    internal const int MaxName = PlanLimits.LongestName;

    /// <summary>A ladder of more steps is nobody's to climb.</summary>
    internal const int MaxSteps = PlanLimits.MostSteps;

    /// <summary>Parts of a day, people in a review, carriers.</summary>
    internal const int MaxListed = PlanLimits.MostNamed;

    /// <summary>Of a step or a session, to be read at all: a day. What a step may be is <see cref="PlanLimits"/>' to say.</summary>
    internal const int MaxMinutes = 24 * 60;

    internal const int MaxSessionsPerWeek = 50;

    /// <summary>Free slots that are proposed at once.</summary>
    internal const int MaxWanted = 50;

    /// <summary>Weeks of a repeat: an academic year.</summary>
    internal const int MaxWeeks = Bookings.MostAtOnce;

    /// <summary>Refusals in one trailer, which has to fit into a client's header limit of 8 kB; the most important come first.</summary>
    internal const int MaxRefusals = 12;
}
