using AV1Relay.Application.Asking;
using AV1Relay.Application.People;
using AV1Relay.Domain.Access;
using AV1Relay.Domain.Booking;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Refusals;
using AV1Relay.Domain.Sessions;
using NodaTime;

namespace AV1Relay.Application.Schedule;

/// <summary>What a session was, for staff and parents to read once it is over.</summary>
public sealed class StaffReceipts
{
    private readonly Desk _desk;

    internal StaffReceipts(Desk desk) => _desk = desk;

    /// <summary>Refused while the session is not over, or was never live.</summary>
    public async Task<Outcome<ReadReceipt>> ReadAsync(Caller caller, ScheduledSessionId id, CancellationToken cancellationToken)
    {
        var looked = await _desk.LookAsync<Found>(
            caller, Operation.ReadReceipt,
            async work =>
            {
                if (await work.Sessions.FindAsync(id, cancellationToken) is not { Value: var session }) return null;
                var room = (await work.SchoolTimes.FindAsync(session.Booked.School, cancellationToken))?.Value.Rooms.FirstOrDefault(room => room.Id == session.Booked.Room);
                var receipt = SessionReceipt.For(session);
                PersonId[] staff = receipt.TryGet(out var written, out _) ? [written.KeyAdult, written.PlacedBy] : [];
                return new Asked<Found>(
                    new Found(session.Booked, receipt, room?.Name ?? "a room", await PeopleNamed.FindAsync(work, staff, cancellationToken)),
                    await work.SubjectOfAsync(session.Booked, cancellationToken), $"session {id}");
            },
            cancellationToken);
        if (!looked.TryGet(out var shown, out var refusals) || !shown.Value.Receipt.TryGet(out var receipt, out refusals)) return Outcome.Refused<ReadReceipt>(refusals);
        return new ReadReceipt(receipt, shown.Value.Booked, shown.Value.Room, shown.Value.Staff);
    }

    private sealed record Found(BookedUse Booked, Outcome<SessionReceipt> Receipt, string Room, PeopleNamed Staff);
}

/// <param name="Room">As the school calls it.</param>
/// <param name="Staff">The key adult, and who placed the robot where they have an account.</param>
public sealed record ReadReceipt(SessionReceipt Receipt, BookedUse Booked, string Room, PeopleNamed Staff)
{
    public DateTimeZone Zone => Booked.Zone;

    public override string ToString() => nameof(ReadReceipt);
}
