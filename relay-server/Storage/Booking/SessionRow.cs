using AV1Relay.Domain.Booking;
using AV1Relay.Storage.Records;
using NodaTime;

namespace AV1Relay.Storage.Booking;

internal sealed class SessionRow : PupilRecordRow
{
    public Guid SchoolId { get; set; }

    public string RobotName { get; set; } = "";

    public Guid CarrierId { get; set; }

    public SessionState State { get; set; }

    /// <summary>The day at the school, as booked.</summary>
    public LocalDate Date { get; set; }

    public Instant StartsAt { get; set; }

    public Instant EndsAt { get; set; }

    /// <summary>Whether time, or anybody, has still to do something with it.</summary>
    public bool IsOver { get; set; }
}
