using System.Globalization;
using AV1Relay.Application.Schedule;
using AV1Relay.Domain.Booking;
using AV1Relay.Domain.Calendar;
using AV1Relay.Domain.People;
using AV1Relay.StaffConsole.Forms;
using AV1Relay.StaffConsole.Layout;
using NodaTime;

namespace AV1Relay.StaffConsole.Pages.Booking;

/// <summary>When and where a session is to be, as somebody types it.</summary>
public class TypedSlot
{
    private const int MostMinutes = 24 * 60; // that it is a time of a day at all: how long a session may be is the domain's to say

    public string? Date { get; set; }

    public string? Start { get; set; }

    public string? Minutes { get; set; }

    public string? Room { get; set; }

    public string? Lesson { get; set; }

    public string? Robot { get; set; }

    public string? Carrier { get; set; }

    public string? Why { get; set; }

    /// <summary>Free times are asked for, and nothing else.</summary>
    public bool Find { get; set; }

    /// <summary>One of them is taken over into the form, as <see cref="Write(BookingRequest)"/> writes it.</summary>
    public string? Chosen { get; set; }

    /// <summary>The one that was taken over before.</summary>
    public string? Took { get; set; }

    /// <summary>As <see cref="TryTake"/> reads it again, out of an address.</summary>
    public static string Write(LocalSlot slot, RoomId? room, LessonId? lesson, string robot, PersonId carrier) => string.Join(
        ',', Typed.Of(slot.Date), Typed.Of(slot.Start), slot.Duration.TotalMinutes.ToString("0", CultureInfo.InvariantCulture), room, lesson, robot, carrier);

    public static string Write(BookingRequest proposal)
    {
        ArgumentNullException.ThrowIfNull(proposal);
        return Write(proposal.Slot, proposal.Room, proposal.Lesson, proposal.RobotName, proposal.Carrier);
    }

    /// <summary>A time that was taken over makes a draft of its own: what was typed before it would be put back over it.</summary>
    internal string Draft(string form) => string.IsNullOrEmpty(Took) ? form : $"{form}-{Took}";

    /// <summary>Fills the form with the time whose button was pressed. Nothing of it is trusted: it is read and checked like anything typed.</summary>
    internal void TakeOver()
    {
        if (TryTake(Chosen)) Took = Chosen;
    }

    /// <summary>Beside which field a refusal of a booking or a move stands.</summary>
    /// <param name="name">Of the page's value that the form fills: <c>Wish</c>.</param>
    /// <param name="day">The field that says on which day; null: the usual one.</param>
    internal static IEnumerable<(string Code, string Field)> Beside(string name, string? day = null) =>
    [
        .. ((string[])["in-the-past", "closed-day", "day-unknown", "enough-this-week"]).Select(code => ($"booking.{code}", day ?? $"{name}.Date")),
        .. ((string[])["outside-hours", "outside-lesson", "pupil-busy"]).Select(code => ($"booking.{code}", $"{name}.Start")),
        .. ((string[])["room-missing", "room-unknown", "other-room", "room-without-wifi"]).Select(code => ($"booking.{code}", $"{name}.Room")),
        .. ((string[])["robot-taken", "robot-rests", "robot-not-enrolled", "robot-elsewhere", "robot-out-of-service", "battery-too-short"])
            .Select(code => ($"booking.{code}", $"{name}.Robot")),
        .. ((string[])["carrier-unknown", "carrier-busy", "carrier-away"]).Select(code => ($"booking.{code}", $"{name}.Carrier")),
        ("booking.longer-than-step", $"{name}.Minutes"), ("booking.lesson-unknown", $"{name}.Lesson"), ("booking.location-missing", $"{name}.Location"),
        ("booking.too-many-at-once", $"{name}.Weeks"), ("text.reason-too-long", $"{name}.Why"),
    ];

    /// <returns>Whether that was a slot.</returns>
    public bool TryTake(string? written)
    {
        if (written?.Split(',') is not [var date, var start, var minutes, var room, var lesson, var robot, var carrier]) return false;
        (Date, Start, Minutes, Room, Lesson, Robot, Carrier) = (date, start, minutes, room, lesson, robot, carrier);
        return true;
    }

    /// <param name="name">Of the page's value that the form fills: <c>Wish</c>.</param>
    /// <returns>Null: something is missing, and the form says what.</returns>
    internal SessionMove? Read(string name, FormErrors errors)
    {
        var date = errors.RequireDate($"{name}.Date", Date, "Enter the day.");
        var start = errors.RequireTime($"{name}.Start", Start, "Enter when it starts, such as 10:05.");
        var minutes = errors.Number($"{name}.Minutes", Minutes, 1, MostMinutes, "Enter a number of minutes.");
        errors.Require($"{name}.Robot", Robot, "Choose a robot.");
        if (!Guid.TryParse(Carrier, out var carrier)) errors.Add($"{name}.Carrier", "Choose who brings the robot.");
        RoomId? room = Guid.TryParse(Room, out var chosenRoom) ? new RoomId(chosenRoom) : null;
        LessonId? lesson = Guid.TryParse(Lesson, out var chosenLesson) ? new LessonId(chosenLesson) : null;
        return errors.Any || Robot is not { } robot
            ? null
            : new SessionMove(new LocalSlot(date!.Value, start!.Value, Duration.FromMinutes(minutes!.Value)), lesson, room, robot, new PersonId(carrier)); // all there
    }

    internal static string RoomOf(BookingChoices choices, RoomId? room) => choices.Rooms.FirstOrDefault(there => there.Id == room)?.Name ?? "the lesson's room";

    internal static IEnumerable<Choice> LessonsOf(BookingChoices choices) =>
        choices.Lessons.OrderBy(lesson => lesson.Weekday).ThenBy(lesson => lesson.Start)
            .Select(lesson => new Choice(lesson.Id.ToString(), $"{lesson.Weekday} {Words.Of(lesson.Start)} {lesson.Subject}"));
}
