using AV1Relay.Application.Arrangements;
using AV1Relay.Domain.Arrangements;

namespace AV1Relay.StaffConsole.Layout;

/// <summary>Reduced timetables in words.</summary>
internal static class ArrangementWords
{
    /// <summary>Whether it is in force, so that nobody has to work it out from dates.</summary>
    public static string Of(ReadArrangement arrangement) => arrangement.Standing switch
    {
        ArrangementStanding.Draft => "A draft. It is not in force.",
        ArrangementStanding.Agreed => $"Agreed. In force from {Date(arrangement.View.From)} to {Date(arrangement.LastDay)}.",
        ArrangementStanding.InForce => $"In force until {Date(arrangement.LastDay)}.",
        ArrangementStanding.Lapsed => $"Not in force any more. Its last day was {Date(arrangement.LastDay)}.",
        _ => $"Not in force any more. It was ended; its last day was {Date(arrangement.LastDay)}.",
    };

    private static string Date(NodaTime.LocalDate? date) => date is { } day ? Words.Of(day) : "a day that is not set";
}
