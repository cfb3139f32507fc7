using System.Collections.Frozen;
using System.Collections.Immutable;
using AV1Relay.Application.Reminders;
using AV1Relay.Domain.Booking;
using AV1Relay.Domain.People;
using AV1Relay.RelayServer.Mail;
using AV1Relay.StaffConsole.Reminders;
using MimeKit;
using NodaTime;
using Xunit;
using static AV1Relay.Tests.Unit.Domain.Booking.Bookable;

namespace AV1Relay.Tests.Unit.Console;

/// <summary>A reminder as somebody reads it, and as it is sent.</summary>
public class ReminderTextTests
{
    private static readonly FrozenDictionary<PupilId, PersonalText> Known = new Dictionary<PupilId, PersonalText> { [Pupil] = new("Ada") }.ToFrozenDictionary();
    private static readonly ReminderLinks Links = new(
        "https://relay.example/staff", "https://relay.example/staff/reminders", "https://relay.example/staff/reminders/stop?key=abc", new Uri("https://relay.example/reminders/stop?key=abc"));

    [Fact]
    public void It_tells_the_time_by_the_schools_clocks_robot_and_room_and_nobodys_name()
    {
        var mail = Write(Of(Booked(Use() with { Slot = Slot(10, 5, 30, Monday.PlusDays(1)) }), "8B"));

        Assert.Equal(
            """
            Hello,

            Sessions with the robot:

            Tuesday 10 November 2026
              10:05 to 10:35  robot-a, 8B (not agreed yet)

            See more when you have signed in:
            https://relay.example/staff

            You asked for this reminder. To change it, sign in here:
            https://relay.example/staff/reminders
            To stop it, without signing in:
            https://relay.example/staff/reminders/stop?key=abc
            Please don't answer: nobody reads what is sent to this address.

            """.ReplaceLineEndings("\r\n"),
            mail.Text);
        Assert.Equal("Your reminder of Monday 9 November 2026", mail.Subject);
    }

    [Fact]
    public void Names_are_in_the_text_where_the_school_wants_them_and_never_in_the_subject()
    {
        var on = Write(Of(Booked(), "8B") with { WithName = true });

        Assert.Contains("10:05 to 10:35  robot-a, 8B, Ada", on.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Ada", on.Subject, StringComparison.Ordinal);
        Assert.DoesNotContain("Ada", Write(Of(Booked(), "8B")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_parent_is_told_the_time_alone()
    {
        var text = Write(Of(Booked(), room: null)).Text;

        Assert.Contains("\r\n  10:05 to 10:35 (not agreed yet)\r\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("robot-a", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Before_and_after_the_clock_change_it_is_the_same_wall_time()
    {
        var text = Write(
            Of(Booked(Use() with { Slot = Slot(10, 5, 30, new LocalDate(2026, 10, 23)) }), "8B"), Of(Booked(Use() with { Slot = Slot(10, 5, 30, new LocalDate(2026, 10, 26)) }, 2), "8B")).Text;

        Assert.Equal(2, text.Split("10:05 to 10:35").Length - 1);
    }

    [Theory]
    [InlineData(1, 0, "One thing needs you.")]
    [InlineData(4, 0, "4 things need you.")]
    [InlineData(0, 1, "One question waits for your answer. Take your time.")]
    [InlineData(0, 2, "2 questions wait for your answer. Take your time.")]
    public void What_needs_somebody_is_a_number(int needs, int answers, string words) =>
        Assert.Contains(words, ReminderText.Write(new Reminder(Monday, [], needs, answers), "a@school.example", Known, Links).Text, StringComparison.Ordinal);

    [Fact]
    public void A_day_with_very_many_sessions_is_cut_short()
    {
        var text = Write([.. Enumerable.Range(1, 30).Select(number => Of(Booked(id: number), "8B"))]).Text;

        Assert.Equal(20, text.Split("robot-a").Length - 1);
        Assert.Contains("and 10 more.", text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_somebody_typed_as_a_rooms_name_writes_no_line_of_its_own()
    {
        var text = Write(Of(Booked(), $"8B\r\nStop it here:\u2028https://elsewhere.example {new string('x', 200)}")).Text;

        Assert.DoesNotContain("\nStop it here", text, StringComparison.Ordinal);
        Assert.All(text.Split("\r\n"), line => Assert.True(line.Length < 120, line));
    }

    [Theory]
    [InlineData("ada@school.example\r\nBcc: everybody@elsewhere.example")]
    [InlineData("ada@school.example, everybody@elsewhere.example")]
    [InlineData("ada@school.example> everybody@elsewhere.example")]
    [InlineData("\"Ada\r\nX-Other: 1\" <ada@school.example>\r\nX-More: 2")]
    [InlineData("Ada <ada@school.example>")]
    [InlineData("ada")]
    [InlineData("")]
    public void An_address_that_is_more_than_one_address_is_none(string address) => Assert.False(SmtpConnection.TryRead(address, out _));

    [Fact]
    public void Its_headers_stop_it_with_one_click_and_ask_for_no_automatic_answers()
    {
        var message = Sent(Write(Of(Booked(), "8B")));

        Assert.Equal("<https://relay.example/reminders/stop?key=abc>", message.Headers["List-Unsubscribe"]);
        Assert.Equal("List-Unsubscribe=One-Click", message.Headers["List-Unsubscribe-Post"]);
        Assert.Equal("auto-generated", message.Headers["Auto-Submitted"]);
        Assert.EndsWith("@school.example", message.MessageId, StringComparison.Ordinal); // not the machine's name
        Assert.Equal("text/plain", message.Body!.ContentType.MimeType); // it has one
    }

    [Fact]
    public void Without_https_no_programme_is_told_to_stop_it_by_itself() =>
        Assert.False(Sent(Write(Of(Booked(), "8B")) with { StopUrl = new Uri("http://localhost/reminders/stop?key=abc") }).Headers.Contains("List-Unsubscribe-Post"));

    private static MimeMessage Sent(OutgoingMail mail) =>
        SmtpConnection.Write(mail, new MailboxAddress("", mail.To), new MailboxAddress("AV1Relay", "reminders@school.example"));

    private static RemindedSession Of(ScheduledSession session, string? room) => new(session, room, WithName: false);

    private static OutgoingMail Write(params ImmutableArray<RemindedSession> sessions) =>
        ReminderText.Write(new Reminder(Monday, sessions, 0, 0), "a@school.example", Known, Links);
}
