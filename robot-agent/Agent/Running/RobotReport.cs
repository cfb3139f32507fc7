using AV1Relay.Hardware.Audio;
using AV1Relay.Hardware.Camera;
using AV1Relay.Hardware.Head;
using AV1Relay.Hardware.Lights;
using AV1Relay.Protos.V1;
using AV1Relay.RobotAgent.Body;
using AV1Relay.RobotAgent.Link;
using AV1Relay.RobotAgent.Media;
using LightHint = AV1Relay.Hardware.Camera.LightHint;

namespace AV1Relay.RobotAgent.Running;

/// <summary>What the robot says of itself, to the relay and on its own page: what is, never what was asked for.</summary>
internal sealed class RobotReport(
    string name, RobotOptions options, IRobotBody body, RobotControl control, HeadMotion head, MediaEngine media, ClassroomSound sound, PowerWatch power, ProcessLoad load, string pictureSize,
    Func<IEnumerable<string?>> stateProblems)
{
    private const double ToneConfidence = 0.5;
    private const int MaxFaults = 16;
    private volatile IReadOnlyList<string> _mediaFaults = [];
    private volatile LightHint _light;

    /// <summary>Camera or microphone is open.</summary>
    public bool IsLive => control.Read(static (safety, _, _) => safety.Camera.IsOpen || safety.Microphone.IsOpen);

    /// <summary>Asks the media engine once, so that a state ten times a second needs not.</summary>
    public void OnMediaChanged()
    {
        var status = media.Status;
        (_mediaFaults, _light) = (status.Faults, status.LightHint);
    }

    public RobotState State()
    {
        var range = body.Head.Range;
        var faults = Faults();
        return control.Read((safety, _, now) =>
        {
            var state = new RobotState
            {
                Pose = new() { PanDegrees = head.Pose.Pan, TiltDegrees = head.Pose.Tilt, Zoom = safety.Wishes.Zoom },
                Target = new() { PanDegrees = head.Target.Pan, TiltDegrees = head.Target.Tilt, Zoom = safety.Wishes.Zoom },
                Lights = ToLightState(safety.Lights.Shows(now)),
                CameraLive = safety.Camera.IsOpen,
                MicrophoneLive = safety.Microphone.IsOpen,
                CurtainDrawn = safety.IsCurtainDrawn,
                PrivacySwitchOff = safety.IsPrivate,
                HandRaised = safety.Wishes.HandRaised,
                Mood = safety.Wishes.Mood,
                Passive = safety.Wishes.Passive,
                NeedsAMinute = safety.Wishes.NeedsAMinute,
                Microphone = safety.Wishes.Microphone,
                Range = new()
                {
                    MinPanDegrees = range.MinPan,
                    MaxPanDegrees = range.MaxPan,
                    MinTiltDegrees = range.MinTilt,
                    MaxTiltDegrees = range.MaxTilt,
                    MaxZoom = ViewPose.MaxZoom,
                },
                LastCommandSequence = safety.LastCommandSequence,
                CurtainAtRobot = safety.IsCurtainAtRobot,
                HandSeen = safety.Wishes.HandSeen,
                HeadSpeed = safety.Wishes.Speed,
                Volume = (uint)sound.Volume.Level,
                VoiceReach = ToVoiceReach(sound.Reach),
                LightHint = _light switch
                {
                    LightHint.Dark => Protos.V1.LightHint.Dark,
                    LightHint.Glare => Protos.V1.LightHint.Glare,
                    _ => Protos.V1.LightHint.Unspecified,
                },
            };
            state.Faults.AddRange(faults);
            foreach (var (preset, pose) in safety.Wishes.Places.Shown)
                state.Places.Add(new RoomPlace { Preset = preset, Pose = new() { PanDegrees = pose.Pan, TiltDegrees = pose.Tilt } });
            return state;
        });
    }

    public Telemetry Telemetry()
    {
        var status = media.Status;
        var (stale, disordered, outOfRange) = control.Read(static (safety, _, _) => (safety.StaleCommands, safety.OutOfOrderCommands, safety.OutOfRangeCommands));
        return new()
        {
            SpeakerLevelDbfs = status.Speaker?.LevelDbfs ?? MeterSpeaker.SilenceDbfs,
            JitterBufferMs = status.JitterBufferMs,
            CommandsStale = stale,
            CommandsOutOfOrder = disordered,
            CommandsOutOfRange = outOfRange,
            EncodeMsP50 = status.EncodeMsP50,
            VideoBitrateBps = status.VideoCodec is null ? 0 : status.BitrateBps,
            VideoCodec = status.VideoCodec ?? "",
            BatteryPercent = power.BatteryPercent,
            TemperatureCelsius = power.Celsius,
            VideoEncoder = status.VideoEncoder ?? "",
            CpuPercent = load.CpuPercent,
            ResidentMib = load.ResidentMiB,
        };
    }

    /// <summary>In words, most telling first.</summary>
    public List<string> Faults()
    {
        var fromCore = control.Read(static (safety, _, now) =>
            (string?[])[safety.Lights.Problem, safety.GrantProblem, safety.Certificate.Problem(now), safety.IsLinkUp ? safety.Time.Problem : null, safety.Camera.Fault, safety.Microphone.Fault]);
        return [.. fromCore.Append(head.Fault).Append((body.Head as IHeadHealth)?.Fault).Append(body.ContactsFault).Concat(stateProblems()).Concat(power.Faults).Concat(_mediaFaults).OfType<string>().Distinct().Take(MaxFaults)];
    }

    public RobotPicture Picture(LinkStatus link, string? linkProblem)
    {
        var status = media.Status;
        var state = State();
        var (session, live, roundTrip, counters, shown) = control.Read((safety, decision, now) => (
            safety.Grant?.Session,
            decision.Publish && (safety.Camera.IsOpen || safety.Microphone.IsOpen),
            safety.Clock.RoundTrip,
            new PictureCounters(status.FramesEncoded, status.KeyFramesForced, safety.StaleCommands, safety.OutOfOrderCommands, safety.OutOfRangeCommands),
            safety.Lights.Shows(now)));
        var range = body.Head.Range;
        return new(
            name, session, link switch { LinkStatus.Connected => "connected", LinkStatus.Connecting => "connecting", _ => "down" }, linkProblem,
            live, shown is { } sign ? Camel(sign.ToString()) : "unknown", shown is { } words ? LightLanguage.Default[words].Words : "nobody knows what the ring shows",
            Frame(body.Lights.Shown ?? LightFrame.Dark),
            new(Round(state.Pose.PanDegrees), Round(state.Pose.TiltDegrees), Round(state.Pose.Zoom)),
            new(Round(state.Target.PanDegrees), Round(state.Target.TiltDegrees), Round(state.Target.Zoom)),
            new(range.MinPan, range.MaxPan, range.MinTilt, range.MaxTilt, ViewPose.MaxZoom),
            state.HandRaised, Camel(state.Mood.ToString()), state.Passive, state.NeedsAMinute, Camel(state.Microphone.ToString()), Camel(state.HeadSpeed.ToString()),
            state.CameraLive, state.MicrophoneLive, state.CurtainDrawn, state.PrivacySwitchOff, Speaker(status),
            Round(status.JitterBufferMs), status.Connected, status.VideoCodec, status.VideoCodec is null ? 0 : status.BitrateBps,
            status.Width, status.Height, Round(status.EncodeMsP50), roundTrip?.TotalMilliseconds, counters, Faults(), options.Simulate, sound.Volume.Level, Camel(sound.Reach.ToString()),
            pictureSize, status.VideoEncoder, Camel(_light.ToString()), new(Round(load.CpuPercent), Round(load.ResidentMiB), power.Celsius == PowerWatch.Unknown ? null : Round(power.Celsius)));
    }

    private PictureSpeaker Speaker(MediaStatus status)
    {
        var kind = options.Speaker is RobotDevices.Meter or RobotDevices.None ? options.Speaker : "alsa";
        return status.Speaker is not { } heard
            ? new(kind, MeterSpeaker.SilenceDbfs, 0)
            : new(kind, Round(heard.LevelDbfs), heard.ToneConfidence >= ToneConfidence ? Round(heard.ToneHz) : 0);
    }

    private static int[][] Frame(LightFrame frame)
    {
        var leds = new int[LightFrame.LedCount][];
        for (var i = 0; i < leds.Length; i++) leds[i] = [frame[i].R, frame[i].G, frame[i].B, frame[i].Brightness];
        return leds;
    }

    private static LightState ToLightState(LightSign? sign) => sign switch
    {
        LightSign.Dark => LightState.Dark,
        LightSign.Fault or LightSign.CertificateEnded or LightSign.TimeUnknown or LightSign.SessionRefused => LightState.Fault,
        LightSign.Privacy => LightState.Privacy,
        LightSign.Connecting => LightState.Connecting,
        LightSign.Live => LightState.Live,
        LightSign.HandRaised => LightState.HandRaised,
        LightSign.NeedsAMinute => LightState.NeedsAMinute,
        LightSign.Passive => LightState.Passive,
        _ => LightState.Unspecified,
    };

    private static Protos.V1.VoiceReach ToVoiceReach(Hardware.Audio.VoiceReach reach) => reach switch
    {
        Hardware.Audio.VoiceReach.Clear => Protos.V1.VoiceReach.Clear,
        Hardware.Audio.VoiceReach.Quiet => Protos.V1.VoiceReach.Quiet,
        Hardware.Audio.VoiceReach.Lost => Protos.V1.VoiceReach.Lost,
        _ => Protos.V1.VoiceReach.Unspecified,
    };

    private static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];

    private static double Round(double value) => double.IsFinite(value) ? Math.Round(value, 2) : 0;
}
