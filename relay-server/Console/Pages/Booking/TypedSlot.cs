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
    private const int MostMinutes = 300;

    public string? Date { get; set; }

    public string? Start { get; set; }

    public string? Minutes { get; set; }

    public string? Room { get; set; }

    public string? Lesson { get; set; }

    public string? Robot { get; set; }

    public string? Carrier { get; set; }

    public string? Why { get; set; }

    /// <summary>As <see cref="TryTake"/> reads it again, out of an address.</summary>
    public static string Write(LocalSlot slot, RoomId? room, LessonId? lesson, string robot, PersonId carrier) => string.Join(
        ',', Typed.Of(slot.Date), Typed.Of(slot.Start), slot.Duration.TotalMinutes.ToString("0", CultureInfo.InvariantCulture), room, lesson, robot, carrier);

    public static string Write(BookingRequest proposal)
    {
        ArgumentNullException.ThrowIfNull(proposal);
        return Write(proposal.Slot, proposal.Room, proposal.Lesson, proposal.RobotName, proposal.Carrier);
    }

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
        var minutes = errors.Number($"{name}.Minutes", Minutes, 1, MostMinutes, $"Enter a number of minutes, {MostMinutes} at most.");
        errors.Require($"{name}.Robot", Robot, "Choose a robot.");
        if (!Guid.TryParse(Carrier, out var carrier)) errors.Add($"{name}.Carrier", "Choose who brings the robot.");
        RoomId? room = Guid.TryParse(Room, out var chosenRoom) ? new RoomId(chosenRoom) : null;
        LessonId? lesson = Guid.TryParse(Lesson, out var chosenLesson) ? new LessonId(chosenLesson) : null;
        if (room is null && lesson is null) errors.Add($"{name}.Room", "Choose a room, or a lesson, which has one.");
        return errors.Any || Robot is not { } robot
            ? null
            : new SessionMove(new LocalSlot(date!.Value, start!.Value, Duration.FromMinutes(minutes!.Value)), lesson, room, robot, new PersonId(carrier)); // all there
    }

    internal static string RoomOf(BookingChoices choices, RoomId? room) => choices.Rooms.FirstOrDefault(there => there.Id == room)?.Name ?? "the lesson's room";

    internal static IEnumerable<Choice> LessonsOf(BookingChoices choices) =>
        choices.Lessons.OrderBy(lesson => lesson.Weekday).ThenBy(lesson => lesson.Start)
            .Select(lesson => new Choice(lesson.Id.ToString(), $"{lesson.Weekday} {Words.Of(lesson.Start)} {lesson.Subject}"));
}
