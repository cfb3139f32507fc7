using AV1Relay.Api.RobotLinks;
using AV1Relay.Application.Schedule;
using AV1Relay.Domain.Access;
using AV1Relay.Domain.Agreements;
using AV1Relay.Domain.Booking;
using AV1Relay.Domain.Calendar;
using AV1Relay.Domain.Sessions;
using NodaTime;
using NodaTime.Text;
using Wire = AV1Relay.Protos.V1;

namespace AV1Relay.Api.Staff;

/// <summary>Booked sessions, and what goes with each change of one.</summary>
internal static class SessionMessages
{
    private static readonly LocalTimePattern TimeOfDay = LocalTimePattern.CreateWithInvariantCulture("HH':'mm");

    public static ScheduledSessionId ReadId(string text, string field) => new(Fields.Id(text, field));

    /// <param name="prefix">Of the fields' names: <c>change.</c>, or nothing where the change is the whole request.</param>
    public static SessionChangeRequest ReadChange(Wire.SessionChange? change, string prefix)
    {
        var given = Fields.Message(change, "change");
        return new SessionChangeRequest(
            ReadId(given.SessionId, $"{prefix}session_id"), Fields.Version(given.Version, $"{prefix}version"), Fields.Words(given.Why, $"{prefix}why"));
    }

    public static LocalSlot ReadSlot(string date, string start, int minutes, string prefix) => new(
        Fields.Date(date, $"{prefix}date"), Fields.Time(start, $"{prefix}start"),
        Duration.FromMinutes(Fields.Number(minutes, $"{prefix}minutes", 1, StaffLimits.MaxMinutes)));

    public static SessionWish ReadWish(Wire.BookSessionRequest request, string prefix) => new(
        new ScheduledSessionId(Guid.NewGuid()),
        Fields.Plan(request.PlanId, $"{prefix}plan_id"),
        Fields.Step(request.StepId, $"{prefix}step_id"),
        ReadLesson(request.LessonId, $"{prefix}lesson_id"),
        ReadRoom(request.RoomId, $"{prefix}room_id"),
        ReadSlot(request.Date, request.Start, request.Minutes, prefix),
        ReadLocation(request.Location, $"{prefix}location"),
        Fields.Person(request.CarrierId, $"{prefix}carrier_id"),
        ReadRobot(request.Robot, $"{prefix}robot"));

    public static LessonId? ReadLesson(string text, string field) => Fields.OptionalId(text, field) is { } id ? new LessonId(id) : null;

    public static RoomId? ReadRoom(string text, string field) => Fields.OptionalId(text, field) is { } id ? new RoomId(id) : null;

    public static string ReadRobot(string text, string field) => Fields.Needed(text, field, 64);

    /// <summary>Null: not said yet, which a booking is refused for.</summary>
    public static PupilLocation? ReadLocation(Wire.PupilLocation location, string field) => location switch
    {
        Wire.PupilLocation.Unspecified => null,
        Wire.PupilLocation.Home => PupilLocation.Home,
        Wire.PupilLocation.SchoolSite => PupilLocation.SchoolSite,
        Wire.PupilLocation.OtherPlace => PupilLocation.OtherPlace,
        _ => throw Fields.NotChosen(field),
    };

    public static Wire.Session Write(ReadSession read) => Write(read.Session, read.Version, read.LeftOut);

    /// <param name="leftOut">Who may not know which pupil it is learns nothing that leads there either.</param>
    public static Wire.Session Write(ScheduledSession session, long version, LeftOut leftOut)
    {
        var booked = session.Booked;
        var (showsPupil, showsPlan) = (!leftOut.HasFlag(LeftOut.Pupils), (leftOut & (LeftOut.Pupils | LeftOut.PlanContents)) == 0);
        var waits = showsPupil && session.State == SessionState.Proposed; // of the two that a session waits for, either tells the other
        return new Wire.Session
        {
            SessionId = session.Id.ToString(),
            Version = version,
            Life = Write(session.State),
            SchoolId = booked.School.ToString(),
            PupilId = showsPupil ? booked.Pupil.ToString() : "",
            PlanId = showsPlan ? booked.Plan.ToString() : "",
            StepId = showsPlan ? booked.Step.ToString() : "",
            Capabilities = { showsPupil ? ProtoCapabilities.From(booked.Capabilities) : [] },
            LessonId = booked.Lesson?.Id.ToString() ?? "",
            RoomId = booked.Room.ToString(),
            Date = LocalDatePattern.Iso.Format(booked.Slot.Date),
            Start = TimeOfDay.Format(booked.Slot.Start),
            Minutes = (int)(session.Window.End - session.Window.Start).TotalMinutes,
            Zone = booked.Zone.Id,
            Location = showsPupil ? Write(booked.Location) : Wire.PupilLocation.Unspecified,
            CarrierId = showsPupil ? booked.Carrier.ToString() : "", // often the pupil's key adult
            Robot = booked.RobotName,
            WaitsForPupil = waits && !HasAgreed(session, AgreementCapacity.Pupil),
            WaitsForParent = waits && booked.AsksParent && !HasAgreed(session, AgreementCapacity.Parent),
        };
    }

    public static Wire.FreeSlot Write(BookingRequest proposal) => new()
    {
        LessonId = proposal.Lesson?.ToString() ?? "",
        RoomId = proposal.Room?.ToString() ?? "",
        Date = LocalDatePattern.Iso.Format(proposal.Slot.Date),
        Start = TimeOfDay.Format(proposal.Slot.Start),
        Minutes = (int)proposal.Slot.Duration.TotalMinutes,
        Robot = proposal.RobotName,
        CarrierId = proposal.Carrier.ToString(),
    };

    public static Wire.WeeklyAnswer Write(RepeatedBooking answer) => answer.Outcome.TryGet(out var session, out var refusals)
        ? new Wire.WeeklyAnswer { Date = LocalDatePattern.Iso.Format(answer.Slot.Date), Session = Write(session, 1, LeftOut.Nothing) }
        : new Wire.WeeklyAnswer { Date = LocalDatePattern.Iso.Format(answer.Slot.Date), Refusals = { StaffReplies.Write(refusals) } };

    private static bool HasAgreed(ScheduledSession session, AgreementCapacity capacity) =>
        session.History.Agreements.Any(agreement => agreement.Capacity == capacity);

    private static Wire.PupilLocation Write(PupilLocation location) => location switch
    {
        PupilLocation.Home => Wire.PupilLocation.Home,
        PupilLocation.SchoolSite => Wire.PupilLocation.SchoolSite,
        PupilLocation.OtherPlace => Wire.PupilLocation.OtherPlace,
        _ => throw new ArgumentOutOfRangeException(nameof(location)),
    };

    private static Wire.SessionLife Write(SessionState state) => state switch
    {
        SessionState.Proposed => Wire.SessionLife.Proposed,
        SessionState.Agreed => Wire.SessionLife.Agreed,
        SessionState.Ready => Wire.SessionLife.Ready,
        SessionState.Live => Wire.SessionLife.Live,
        SessionState.Ended => Wire.SessionLife.Ended,
        SessionState.Reflected => Wire.SessionLife.Reflected,
        SessionState.Declined => Wire.SessionLife.Declined,
        SessionState.Cancelled => Wire.SessionLife.Cancelled,
        SessionState.Missed => Wire.SessionLife.Missed,
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };
}
