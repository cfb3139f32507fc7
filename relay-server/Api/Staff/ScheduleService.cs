using AV1Relay.Api.RobotLinks;
using AV1Relay.Application.Asking;
using AV1Relay.Application.Schedule;
using AV1Relay.Domain.Agreements;
using AV1Relay.Domain.Booking;
using AV1Relay.Domain.Calendar;
using AV1Relay.Domain.Refusals;
using AV1Relay.Domain.Sessions;
using AV1Relay.Protos.V1;
using Grpc.Core;
using NodaTime;

namespace AV1Relay.Api.Staff;

/// <summary>Sessions for other systems. Reads the request, asks <see cref="StaffSchedule"/>, writes the reply: no rule is here.</summary>
internal sealed class ScheduleService(StaffSchedule schedule, StaffJoinCodes codes, RelayEndpoints endpoints) : Schedule.ScheduleBase
{
    public override Task<Session> BookSession(BookSessionRequest request, ServerCallContext context) => AnswerAsync(
        context, (caller, cancellation) => schedule.BookAsync(
            caller, SessionMessages.ReadWish(request, ""), Fields.Words(request.Why, "why"), cancellation));

    public override async Task<BookWeeklyReply> BookWeekly(BookWeeklyRequest request, ServerCallContext context)
    {
        var first = Fields.Message(request.First, "first");
        var wish = SessionMessages.ReadWish(first, "first.");
        var days = Fields.Days(first.Date, "first.date", request.LastDate, "last_date", StaffLimits.MaxWeeks * 7);
        var slots = Enumerable.Range(0, (days.Length + 6) / 7)
            .Select(week => new LocalSlot(wish.Slot.Date.PlusWeeks(week), wish.Slot.Start, wish.Slot.Duration))
            .Select(slot => new RepeatSlot(new ScheduledSessionId(Guid.NewGuid()), slot));
        var booked = await schedule.BookRepeatAsync(
            StaffCalls.CallerOf(context), wish, [.. slots], Fields.Words(first.Why, "first.why"), context.CancellationToken);
        return new BookWeeklyReply { Answers = { booked.OrThrow().Answers.Select(SessionMessages.Write) } };
    }

    public override async Task<FindFreeSlotsReply> FindFreeSlots(FindFreeSlotsRequest request, ServerCallContext context)
    {
        if (request.CarrierIds.Count == 0) throw Fields.Malformed("carrier_ids", "one or more who could carry the robot are expected.");
        var question = new FreeSlotQuestion(
            new ScheduledSessionId(Guid.NewGuid()),
            Fields.Plan(request.PlanId, "plan_id"),
            Fields.Days(request.From, "from", request.To, "to", StaffSchedule.MostDays),
            SessionMessages.ReadLocation(request.Location, "location"),
            Fields.List(request.CarrierIds, "carrier_ids", StaffLimits.MaxListed, Fields.Person),
            Fields.Number(request.Wanted, "wanted", 1, StaffLimits.MaxWanted));
        var found = (await schedule.FindFreeAsync(StaffCalls.CallerOf(context), question, context.CancellationToken)).OrThrow();
        return new FindFreeSlotsReply { Slots = { found.Proposals.Select(SessionMessages.Write) } };
    }

    public override Task<Session> MoveSession(MoveSessionRequest request, ServerCallContext context) => AnswerAsync(context, (caller, cancellation) =>
    {
        var move = new SessionMove(
            SessionMessages.ReadSlot(request.Date, request.Start, request.Minutes, ""),
            SessionMessages.ReadLesson(request.LessonId, "lesson_id"),
            SessionMessages.ReadRoom(request.RoomId, "room_id"),
            SessionMessages.ReadRobot(request.Robot, "robot"),
            Fields.Person(request.CarrierId, "carrier_id"));
        return schedule.MoveAsync(caller, SessionMessages.ReadChange(request.Change, "change."), move, cancellation);
    });

    public override Task<Session> RecordAgreement(RecordAgreementRequest request, ServerCallContext context) => AnswerAsync(context, (caller, cancellation) =>
    {
        var change = SessionMessages.ReadChange(request.Change, "change.");
        var given = Fields.Message(request.Agreement, "agreement");
        var capacity = request.ByParent ? AgreementCapacity.Parent : AgreementCapacity.Pupil;
        return request.SaidNo
            ? schedule.RecordNoAsync(caller, change, AgreementMessages.ReadNo(given, capacity, "agreement"), cancellation)
            : schedule.RecordAgreementAsync(caller, change, AgreementMessages.Read(given, capacity, new AgreedTo.Session(change.Session), "agreement"), cancellation);
    });

    public override Task<Session> CancelSession(SessionChange request, ServerCallContext context) => AnswerAsync(
        context, (caller, cancellation) => schedule.CancelAsync(caller, SessionMessages.ReadChange(request, ""), cancellation));

    public override Task<Session> PlaceRobot(PlaceRobotRequest request, ServerCallContext context) => AnswerAsync(
        context, (caller, cancellation) => schedule.PlaceAsync(
            caller, SessionMessages.ReadChange(request.Change, "change."),
            new RobotCheck(SessionMessages.ReadRobot(request.Robot, "robot"), request.BatteryLasts, request.WifiHolds, request.SoundIsHeard), cancellation));

    public override Task<Session> ExtendSession(ExtendSessionRequest request, ServerCallContext context) => AnswerAsync(
        context, (caller, cancellation) => schedule.ExtendAsync(
            caller, SessionMessages.ReadChange(request.Change, "change."),
            Duration.FromMinutes(Fields.Number(request.Minutes, "minutes", 1, StaffLimits.MaxMinutes)), cancellation));

    public override Task<Session> EndSession(SessionChange request, ServerCallContext context) => AnswerAsync(
        context, (caller, cancellation) => schedule.EndAsync(caller, SessionMessages.ReadChange(request, ""), cancellation));

    public override Task<Session> GetSession(GetSessionRequest request, ServerCallContext context) => AnswerAsync(
        context, (caller, cancellation) => schedule.ReadAsync(caller, SessionMessages.ReadId(request.SessionId, "session_id"), cancellation));

    public override async Task<ListSessionsReply> ListSessions(ListSessionsRequest request, ServerCallContext context)
    {
        var school = Fields.School(request.SchoolId, "school_id");
        var days = Fields.Days(request.From, "from", request.To, "to", StaffSchedule.MostDays);
        var read = (await schedule.ReadCalendarAsync(StaffCalls.CallerOf(context), school, days, context.CancellationToken)).OrThrow();
        return new ListSessionsReply { Sessions = { read.Sessions.Select(SessionMessages.Write) } };
    }

    public override async Task<JoinCodeIssued> IssueJoinCode(GetSessionRequest request, ServerCallContext context)
    {
        var session = SessionMessages.ReadId(request.SessionId, "session_id");
        var issued = (await codes.IssueJoinCodeAsync(StaffCalls.CallerOf(context), session, context.CancellationToken)).OrThrow();
        return new JoinCodeIssued
        {
            Code = issued.Code,
            Url = $"{endpoints.Current.PageUrl}/join/{issued.Code}",
            ExpiresUnixMs = issued.ExpiresAt.ToUnixTimeMilliseconds(),
        };
    }

    private static async Task<Session> AnswerAsync(ServerCallContext context, Func<Caller, CancellationToken, Task<Outcome<ReadSession>>> ask) =>
        SessionMessages.Write((await ask(StaffCalls.CallerOf(context), context.CancellationToken)).OrThrow());
}
