namespace AV1Relay.Domain.Access;

/// <summary>What kind of thing an operation is about; an assignment must reach it.</summary>
public enum Reach
{
    /// <summary>Needs no assignment: whoever has come as far as asking may do it.</summary>
    Anywhere,

    /// <summary>More than one school: only the whole authority's scope reaches it.</summary>
    Authority,

    School,

    Plan,

    /// <summary>A room on a day.</summary>
    Room,

    /// <summary>A booked session: it has a plan as well as a room and a day, and is reached by way of either.</summary>
    Session,
}
