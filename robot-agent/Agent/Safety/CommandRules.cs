using AV1Relay.Hardware.Camera;
using AV1Relay.Protos.V1;
using HeadRange = AV1Relay.Hardware.Head.HeadRange;

namespace AV1Relay.RobotAgent.Safety;

/// <summary>Whether a command lies inside the step and inside what the robot can do, and what it changes.</summary>
internal static class CommandRules
{
    private const double Slack = 0.5; // degrees over the end of the range that rounding at the other side may make

    /// <summary>The capability that the command needs; null for what is always allowed (being quiet).</summary>
    public static Capability? Needs(Command command) => command.WhatCase switch
    {
        Command.WhatOneofCase.HeadTarget or Command.WhatOneofCase.Preset or Command.WhatOneofCase.HeadSpeed or Command.WhatOneofCase.RoomPlace => Capability.LookAround,
        Command.WhatOneofCase.Zoom => Capability.Zoom,
        Command.WhatOneofCase.HandRaised or Command.WhatOneofCase.Passive or Command.WhatOneofCase.NeedsAMinute => Capability.LightsAndHand,
        Command.WhatOneofCase.Mood => Capability.Expressions,
        Command.WhatOneofCase.Microphone when command.Microphone == MicrophoneMode.Whisper => Capability.Whisper,
        Command.WhatOneofCase.Microphone when command.Microphone == MicrophoneMode.Speak => Capability.Speak,
        _ => null,
    };

    /// <summary>Whether every value in it means something this robot can do.</summary>
    public static bool IsInRange(Command command, HeadRange range) => command.WhatCase switch
    {
        Command.WhatOneofCase.HeadTarget => IsReachable(command.HeadTarget, range) && (command.HeadTarget.Zoom == 0 || IsZoom(command.HeadTarget.Zoom)),
        Command.WhatOneofCase.Preset => IsPreset(command.Preset),
        Command.WhatOneofCase.RoomPlace when command.RoomPlace.Pose is { } pose => IsPreset(command.RoomPlace.Preset) && IsReachable(pose, range),
        Command.WhatOneofCase.RoomPlace => Enum.IsDefined(command.RoomPlace.Preset),
        Command.WhatOneofCase.Zoom => IsZoom(command.Zoom),
        Command.WhatOneofCase.HeadSpeed => command.HeadSpeed != HeadSpeed.Unspecified && Enum.IsDefined(command.HeadSpeed),
        Command.WhatOneofCase.Mood => command.Mood != Mood.Unspecified && Enum.IsDefined(command.Mood),
        Command.WhatOneofCase.Microphone => command.Microphone != MicrophoneMode.Unspecified && Enum.IsDefined(command.Microphone),
        Command.WhatOneofCase.HandRaised or Command.WhatOneofCase.Passive or Command.WhatOneofCase.NeedsAMinute => true,
        _ => false, // of a later version, or empty
    };

    /// <summary>Whether it asks for a preset that nobody has shown the robot in this room.</summary>
    public static bool IsOfNoPlace(Command command, RoomPlaces places) =>
        command.WhatCase == Command.WhatOneofCase.Preset && places.Find(command.Preset) is null;

    /// <summary>The wishes after a command that is allowed, in range and of a known place.</summary>
    /// <param name="wishes">Before it.</param>
    /// <param name="command">The command.</param>
    /// <param name="range">Of this robot's head.</param>
    /// <param name="mayZoom">A head target may carry a zoom; it is left out where the step has none.</param>
    public static PupilWishes Apply(PupilWishes wishes, Command command, HeadRange range, bool mayZoom) => command.WhatCase switch
    {
        Command.WhatOneofCase.HeadTarget => wishes with
        {
            Target = range.Clamp(new(command.HeadTarget.PanDegrees, command.HeadTarget.TiltDegrees)),
            Zoom = mayZoom && command.HeadTarget.Zoom != 0 ? ClampZoom(command.HeadTarget.Zoom) : wishes.Zoom,
        },
        Command.WhatOneofCase.Preset => wishes.Places.Find(command.Preset) is { } place ? wishes with { Target = range.Clamp(place) } : wishes,
        Command.WhatOneofCase.RoomPlace => wishes with
        {
            Places = wishes.Places.With(
                command.RoomPlace.Preset, command.RoomPlace.Pose is { } shown ? range.Clamp(new(shown.PanDegrees, shown.TiltDegrees)) : null),
        },
        Command.WhatOneofCase.Zoom => wishes with { Zoom = ClampZoom(command.Zoom) },
        Command.WhatOneofCase.HandRaised => wishes with { HandRaised = command.HandRaised, HandSeen = false },
        Command.WhatOneofCase.HeadSpeed => wishes with { Speed = command.HeadSpeed },
        Command.WhatOneofCase.Mood => wishes with { Mood = command.Mood },
        Command.WhatOneofCase.Passive => wishes with { Passive = command.Passive },
        Command.WhatOneofCase.NeedsAMinute => wishes with { NeedsAMinute = command.NeedsAMinute },
        Command.WhatOneofCase.Microphone => wishes with { Microphone = command.Microphone },
        _ => wishes,
    };

    /// <summary>Whether it moves the head, and so renews the lease.</summary>
    public static bool MovesHead(Command command) => command.WhatCase is Command.WhatOneofCase.HeadTarget or Command.WhatOneofCase.Preset;

    private static bool IsPreset(Preset preset) => preset != Preset.Unspecified && Enum.IsDefined(preset);

    private static bool IsReachable(Protos.V1.HeadPose pose, HeadRange range) =>
        pose.PanDegrees >= range.MinPan - Slack && pose.PanDegrees <= range.MaxPan + Slack
        && pose.TiltDegrees >= range.MinTilt - Slack && pose.TiltDegrees <= range.MaxTilt + Slack; // false for NaN

    private static bool IsZoom(double zoom) => zoom is >= ViewPose.MinZoom - 0.01 and <= ViewPose.MaxZoom + 0.01;

    private static double ClampZoom(double zoom) => Math.Clamp(zoom, ViewPose.MinZoom, ViewPose.MaxZoom);
}
