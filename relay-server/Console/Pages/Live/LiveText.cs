using AV1Relay.Application.Live;
using AV1Relay.Domain.Access;
using AV1Relay.Domain.Booking;
using AV1Relay.StaffConsole.Layout;

namespace AV1Relay.StaffConsole.Pages.Live;

/// <summary>A session at this moment in words, for the page and for its script alike: what stands where, and which parts of the page are there.</summary>
internal sealed record LiveText(IReadOnlyDictionary<string, string> Text, IReadOnlyCollection<string> When)
{
    public const string Headline = "headline", Detail = "detail", Robot = "robot", Battery = "battery", Curtain = "curtain", Pupil = "pupil", Mood = "mood", Voice = "voice",
        Until = "until", Clock = "clock";
    public const string Place = "place", Draw = "draw", Lift = "lift", Hand = "hand", Seen = "seen", Minute = "minute", Passive = "passive", HasMood = "mood",
        EndIsNear = "end-is-near", Extend = "extend", End = "end", On = "on", Over = "over";

    public static LiveText Of(LiveSession live)
    {
        ArgumentNullException.ThrowIfNull(live);
        var session = live.Read.Session;
        var isLive = session.State == SessionState.Live;
        var isOver = session.State is not (SessionState.Proposed or SessionState.Agreed or SessionState.Ready or SessionState.Live);
        var robot = live.IsServed && !isOver ? live.Robot : null; // for a moment it still serves a session that is over
        var (headline, detail) = Standing(live);
        var when = new List<string>();
        void If(bool isSo, string part)
        {
            if (isSo) when.Add(part);
        }

        If(isLive && robot is { IsLive: true, IsCurtainDrawn: false, IsPrivacySwitchOff: false }, On);
        If(session.State == SessionState.Agreed && live.May.Contains(Operation.PlaceRobot), Place);
        If(robot is { IsCurtainDrawn: false } && live.May.Contains(Operation.DrawCurtain), Draw);
        If(robot is { IsCurtainDrawn: true, IsCurtainAtRobot: false } && live.May.Contains(Operation.DrawCurtain), Lift);
        If(robot is { IsHandRaised: true }, Hand);
        If(robot is { IsHandRaised: true } && live.May.Contains(Operation.AcknowledgeHand), Seen);
        If(robot is { NeedsAMinute: true }, Minute);
        If(robot is { IsPassive: true }, Passive);
        If(robot is { Mood: not PupilsMood.Neutral }, HasMood);
        If(isLive && session.History.WarnedOfEndAt is not null, EndIsNear);
        If(isLive && live.May.Contains(Operation.ExtendSession), Extend);
        If(isLive && live.May.Contains(Operation.EndSession), End);
        If(isOver, Over);
        return new LiveText(
            new Dictionary<string, string>
            {
                [Headline] = headline,
                [Detail] = detail,
                [Robot] = RobotLine(live),
                [Battery] = BatteryLine(live.Robot),
                [Curtain] = CurtainLine(live),
                [Pupil] = live.IsPupilIn ? "in the session" : "not in yet",
                [Mood] = MoodLine(robot),
                [Until] = Words.Of(session.Window.End.InZone(session.Booked.Zone).TimeOfDay),
                [Voice] = VoiceLine(robot),
                [Clock] = Words.Of(live.At),
            },
            when);
    }

    public bool Is(string part) => When.Contains(part);

    private static (string Headline, string Detail) Standing(LiveSession live)
    {
        var session = live.Read.Session;
        return session.State switch
        {
            SessionState.Proposed => ("Not agreed yet", "The pupil has still to say yes. There is nothing to do for you."),
            SessionState.Agreed when live.Robot is null => ("The robot is not in its place yet", "Switch it on, put it in its place, facing the board, and wait until it is connected."),
            SessionState.Agreed => ("The robot is not in its place yet", "Put it in its place, facing the board, then tick what you have checked."),
            SessionState.Ready when live.Robot is null => ("Ready, but the robot is not connected", "Check that it is switched on. It comes back by itself."),
            SessionState.Ready when live.At < session.Booked.Slot.Start => ("Ready", $"It begins at {Words.Of(session.Booked.Slot.Start)}. Nobody sees or hears the class before."),
            SessionState.Ready => ("Ready", "The pupil can come in now. Nobody sees or hears the class before they do."),
            SessionState.Live => WhileLive(live),
            SessionState.Ended or SessionState.Reflected => ("Over", "Nobody sees or hears the class any more. You can put the robot back to charge."),
            _ => ("It does not take place", "Nobody sees or hears the class. The robot can stay where it is."),
        };
    }

    private static (string Headline, string Detail) WhileLive(LiveSession live) => live switch
    {
        { Robot: null } => ("The robot is not connected", "The pupil sees and hears nothing. Check that it is switched on; it comes back by itself."),
        { IsServed: false } => ("The robot is not in this session yet", "Wait a moment. If it stays so, tell the technician."),
        { Robot.IsPrivacySwitchOff: true } => ("Eyes and ears are switched off", "By the privacy switch on the robot. Only that switch turns them on again."),
        { Robot.IsCurtainDrawn: true } => ("The curtain is drawn", "The pupil sees and hears nothing, and is still in class."),
        { IsPupilIn: false } => ("Waiting for the pupil", "They have gone out, or their network is away. They can come back by themselves."),
        { Robot.IsLive: true } => ("Live now", "The pupil sees or hears the class."),
        _ => ("Starting", "The pupil is in. Picture and sound come in a moment."),
    };

    private static string RobotLine(LiveSession live) => live.Robot switch
    {
        null => "not connected",
        { Faults: [var fault, ..] } => fault,
        _ => "connected",
    };

    private static string BatteryLine(RobotNow? robot) => robot switch
    {
        null or { BatteryPercent: null } => "not known",
        { BatteryPercent: var percent, IsBatteryLow: true } => FormattableString.Invariant($"{percent:0} %, low: plug it in"),
        { BatteryPercent: var percent } => FormattableString.Invariant($"{percent:0} %"),
    };

    private static string CurtainLine(LiveSession live) => live.Robot switch
    {
        null => "not known",
        { IsPrivacySwitchOff: true } => "privacy switch is off",
        { IsCurtainAtRobot: true } => "drawn at the robot: its button lifts it",
        { IsCurtainDrawn: true } => "drawn",
        _ => "open",
    };

    /// <returns>Null: nobody has spoken for long enough to tell.</returns>
    internal static string? Heard(PupilsVoice? voice) => voice switch
    {
        PupilsVoice.Clear => "heard clearly",
        PupilsVoice.Quiet => "heard quietly: make the robot louder",
        PupilsVoice.Lost => "may not be heard: make the robot louder, or the room quieter",
        _ => null,
    };

    private static string VoiceLine(RobotNow? robot)
    {
        var heard = Heard(robot?.Voice) ?? "nothing said yet";
        return robot?.Volume is { } volume ? FormattableString.Invariant($"{heard} (volume {volume} of 7)") : heard;
    }

    private static string MoodLine(RobotNow? robot) => robot?.Mood switch
    {
        PupilsMood.Happy => "The pupil feels good.",
        PupilsMood.Unsure => "The pupil is unsure.",
        PupilsMood.Sad => "The pupil is not doing so well. A quiet word afterwards may help.",
        _ => "",
    };
}
