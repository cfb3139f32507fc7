using System.Collections.Frozen;
using AV1Relay.Application.Reminders;
using AV1Relay.Domain.Booking;
using AV1Relay.Domain.People;
using AV1Relay.StaffConsole.Layout;

namespace AV1Relay.StaffConsole.Reminders;

/// <summary>A reminder in words: short, calm, and the same for the same facts. Subjects never tell of anybody: they show on locked screens.</summary>
internal static class ReminderText
{
    /// <summary>More than anybody has in a day; the rest is on the page.</summary>
    private const int MostLines = 20;

    private const int LongestName = 60;

    /// <param name="names">Of pupils, as far as this person may know them; nobody's where names are off.</param>
    public static OutgoingMail Write(Reminder reminder, string to, FrozenDictionary<PupilId, PersonalText> names, ReminderLinks links)
    {
        ArgumentNullException.ThrowIfNull(reminder);
        ArgumentNullException.ThrowIfNull(links);
        List<string> lines = ["Hello,", ""];
        if (!reminder.Sessions.IsEmpty) lines.AddRange(["Sessions with the robot:", ""]);
        foreach (var day in reminder.Sessions.Take(MostLines).GroupBy(reminded => reminded.Session.Booked.Slot.Date))
        {
            lines.Add(Words.Of(day.Key));
            lines.AddRange(day.Select(reminded => $"  {Line(reminded, reminded.WithName ? names.GetValueOrDefault(reminded.Session.Booked.Pupil)?.Text : null)}"));
            lines.Add("");
        }

        if (reminder.Sessions.Length > MostLines) lines.AddRange([$"and {reminder.Sessions.Length - MostLines} more.", ""]);
        if (reminder.Needs > 0) lines.AddRange([reminder.Needs == 1 ? "One thing needs you." : $"{reminder.Needs} things need you.", ""]);
        if (reminder.Answers > 0)
            lines.AddRange([reminder.Answers == 1 ? "One question waits for your answer. Take your time." : $"{reminder.Answers} questions wait for your answer. Take your time.", ""]);
        lines.AddRange(["See more when you have signed in:", links.Page, ""]);
        lines.AddRange(["You asked for this reminder. To change it, sign in here:", links.Settings, "To stop it, without signing in:", links.StopPage]);
        lines.AddRange(["Please don't answer: nobody reads what is sent to this address.", ""]);
        return new OutgoingMail(to, $"Your reminder of {Words.Of(reminder.Evening)}", string.Join("\r\n", lines), links.Stop);
    }

    /// <summary>The mail with which somebody shows that an address is theirs.</summary>
    public static OutgoingMail Write(string code, string to) => new(
        to, "Your code for reminders",
        $"Hello,\r\n\r\nyour code is {code}. Type it on the page on which you asked for it. It is good for some minutes.\r\n\r\n"
        + "If you did not ask for it, do nothing: no reminders are sent.\r\n",
        StopUrl: null);

    private static string Line(RemindedSession reminded, string? name)
    {
        var (session, booked) = (reminded.Session, reminded.Session.Booked);
        var ends = session.Window.End.InZone(booked.Zone).TimeOfDay; // by time that passes, as its calendar says it
        string?[] parts = [reminded.Room is null ? null : Plain(booked.RobotName), Plain(reminded.Room), Plain(name)];
        var said = string.Join(", ", parts.Where(part => !string.IsNullOrEmpty(part)));
        return $"{Words.Of(booked.Slot.Start)} to {Words.Of(ends)}{(said.Length > 0 ? $"  {said}" : "")}{(session.State == SessionState.Proposed ? " (not agreed yet)" : "")}";
    }

    /// <summary>What somebody has typed as a name, on one line and not long.</summary>
    private static string? Plain(string? typed)
    {
        if (typed is null) return null;
        var line = string.Concat(typed.Select(sign => char.IsControl(sign) || sign is '\u2028' or '\u2029' ? ' ' : sign)).Trim();
        return line.Length <= LongestName ? line : $"{line[..LongestName]}…";
    }
}
