using AV1Relay.Domain.Calendar;
using AV1Relay.Domain.Refusals;
using NodaTime;

namespace AV1Relay.Domain.Booking;

/// <summary>What people are told when a session can't do what they ask.</summary>
internal static class SessionRefusals
{
    public static readonly Refusal OtherPupil = new(
        "session.other-pupil", "This session is somebody else's.", "Look at your own day.");

    public static readonly Refusal PupilAsParent = new(
        "session.pupil-as-parent", "That is the pupil's own name, and a parent is asked here.", "Ask a parent, and record who said yes.");

    public static readonly Refusal NotAParent = new(
        "session.not-a-parent", "It is not entered that this person is a parent or carer of the pupil.",
        "Ask a parent who is entered, or have this one entered first; then record who said so.");

    public static readonly Refusal AgreedBefore = new(
        "session.agreed-before", "The session has changed since that yes.", "Tell them what has changed, and ask again.");

    public static readonly Refusal AgreedBeforeForPupil = new(
        "session.agreed-before", "This session has changed since you said yes.", "Look at what is new. Yes and no are both fine.");

    public static readonly Refusal AgreedToOther = new(
        "session.agreed-to-other", "That yes was to another session.", "Ask about this one, and record who said yes to it.");

    public static readonly Refusal AgreedToOtherForPupil = new(
        "session.agreed-to-other", "That yes was for another session.", "Look at this one. Yes and no are both fine.");

    public static readonly Refusal NotAsked = new(
        "session.not-asked", "The pupil, or a parent, says yes or no to a session.", "Ask them, or cancel the session instead.");

    public static readonly Refusal OtherRobot = new(
        "session.other-robot", "This is not the robot that is booked for this session.",
        "Fetch the booked one, or move the booking to this robot.");

    public static readonly Refusal RobotElsewhere = new(
        "session.robot-elsewhere", "The booked robot does not belong to this school any more.",
        "Move the booking to one of the school's robots.");

    public static readonly Refusal BatteryLow = new(
        "session.battery-low", "The robot's battery won't last through this session.",
        "Plug it in where it stands, or move the booking to another robot.");

    public static readonly Refusal WifiWeak = new(
        "session.wifi-weak", "The wifi does not hold where the robot stands.",
        "Move the robot nearer to the door or the middle of the room and check again.");

    public static readonly Refusal SoundUnheard = new(
        "session.sound-unheard", "The robot's sound check did not pass.",
        "Turn the volume up, take away what covers the speaker, and check again.");

    public static readonly Refusal TimeIsOver = new(
        "session.time-is-over", "The time of this session is over.", "Book another one.");

    public static readonly Refusal TimeIsOverForPupil = new(
        "session.time-is-over", "The time of this session is over.", "Look at your day for the next one.");

    public static readonly Refusal ExtensionTooLong = new(
        "session.extension-too-long", "That is more than a session can be put off by in all.",
        "Choose a shorter time, or book another session.");

    public static readonly Refusal NotAnExtension = new(
        "session.extension-not-some-time", "A session can only be made longer here.",
        "Choose how many minutes to add, or end the session.");

    public static readonly Refusal NotEndedYet = new(
        "session.not-ended", "A receipt is written when a session has ended.", "Come back after its end.");

    public static Refusal WrongMoment(SessionState state) => new("session.wrong-moment", state switch
    {
        SessionState.Proposed => "This session has still to be agreed to.",
        SessionState.Agreed => "The robot is not in its place yet.",
        SessionState.Ready => "The robot is in its place, and the session has not begun.",
        SessionState.Live => "This session is live.",
        SessionState.Ended or SessionState.Reflected => "This session has ended.",
        SessionState.Declined => "This session was declined.",
        SessionState.Cancelled => "This session was cancelled.",
        _ => "The time of this session went by.",
    }, state switch
    {
        SessionState.Proposed => "Ask the pupil, and a parent where the step says so.",
        SessionState.Agreed => "Put the robot in its place and check it first.",
        SessionState.Ready => "Wait for the pupil, or cancel the session.",
        SessionState.Live => "Wait for its end, or end it.",
        _ => "Book another one.",
    });

    /// <summary>The same, told to the pupil.</summary>
    public static Refusal WrongMomentForPupil(SessionState state) => state switch
    {
        SessionState.Proposed => ToPupil("This session isn't agreed yet.", "Wait a moment, or look at your day."),
        SessionState.Agreed => ToPupil("Your robot isn't ready yet.", "Wait a moment, or look at your day."),
        SessionState.Ready => ToPupil("Your robot is ready, and you haven't joined yet.", "Join when you like, or look at your day."),
        SessionState.Live => ToPupil("You are in this session now.", "Stay as long as you like. You can leave at any time."),
        SessionState.Ended or SessionState.Reflected => ToPupil("This session is over.", "Look at your day for the next one."),
        SessionState.Declined => ToPupil("This session isn't going ahead. Saying no is fine.", "Look at your day for the next one."),
        _ => ToPupil("This session isn't going ahead. That is nobody's fault.", "Look at your day for the next one."),
    };

    /// <summary>The pupil says yes to what is agreed already, or over.</summary>
    public static Refusal WrongMomentForPupilToAgree(SessionState state) => state is SessionState.Agreed or SessionState.Ready
        ? ToPupil("You have said yes to this session already.", "You need do nothing more. Look at your day.")
        : WrongMomentForPupil(state);

    private static Refusal ToPupil(string reason, string nextStep) => new("session.wrong-moment", reason, nextStep);

    public static Refusal RobotOutOfService(string why) => new(
        "session.robot-out-of-service", $"The robot is out of service: {why}.", "Move the booking to another robot, or have it mended.");

    public static Refusal TooEarlyToPlace(LocalTime from) => new(
        "session.too-early-to-place", $"The robot can be made ready from {from.InWords()}.", "Come back then.");

    private const string NotStartedCode = "session.not-started";

    /// <summary>Whether who wanted to come in, and was told this, may come in by waiting: for the lesson to begin, or for others to have done their part.</summary>
    public static bool PassesByWaiting(Refusal refusal)
    {
        ArgumentNullException.ThrowIfNull(refusal);
        return refusal.Code == NotStartedCode
            || refusal == WrongMomentForPupil(SessionState.Proposed) || refusal == WrongMomentForPupil(SessionState.Agreed);
    }

    public static Refusal NotStarted(LocalTime start) => new(
        NotStartedCode, $"This session begins at {start.InWords()}.", "You can wait here, or come back then.");

    public static Refusal SomethingFollows(string what, LocalTime start) => new(
        "session.something-follows", $"{what} next session begins at {start.InWords()}.", "End in time for it, or move that one first.");
}
