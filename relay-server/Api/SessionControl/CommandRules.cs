using AV1Relay.Protos.V1;
using Capability = AV1Relay.Domain.Sessions.Capability;

namespace AV1Relay.Api.SessionControl;

/// <summary>Which values a command may have, and which capability it needs.</summary>
internal static class CommandRules
{
    private const double MaxPanDegrees = 180;
    private const double MaxTiltDegrees = 90;
    private const double MaxZoom = 4;

    public static bool IsWellFormed(Command command) => command.WhatCase switch
    {
        Command.WhatOneofCase.HeadTarget => IsPose(command.HeadTarget),
        Command.WhatOneofCase.Preset => IsPreset(command.Preset),
        Command.WhatOneofCase.RoomPlace => command.RoomPlace is { Pose: { } pose, Preset: var shown } ? IsPreset(shown) && IsPose(pose)
            : command.RoomPlace.Preset is Preset.Unspecified || IsPreset(command.RoomPlace.Preset),
        Command.WhatOneofCase.Zoom => IsZoom(command.Zoom),
        Command.WhatOneofCase.HandRaised or Command.WhatOneofCase.Passive or Command.WhatOneofCase.NeedsAMinute => true,
        Command.WhatOneofCase.HeadSpeed => command.HeadSpeed is HeadSpeed.Gentle or HeadSpeed.Usual or HeadSpeed.Brisk,
        Command.WhatOneofCase.Mood => command.Mood is Mood.Neutral or Mood.Happy or Mood.Unsure or Mood.Sad,
        Command.WhatOneofCase.Microphone =>
            command.Microphone is MicrophoneMode.Off or MicrophoneMode.Whisper or MicrophoneMode.Speak,
        _ => false,
    };

    /// <summary>Every one of these must be on; switching the microphone off needs none.</summary>
    public static Capability Needs(Command command) => command.WhatCase switch
    {
        Command.WhatOneofCase.HeadTarget =>
            command.HeadTarget.Zoom == 0 ? Capability.LookAround : Capability.LookAround | Capability.Zoom,
        Command.WhatOneofCase.Preset or Command.WhatOneofCase.HeadSpeed or Command.WhatOneofCase.RoomPlace => Capability.LookAround,
        Command.WhatOneofCase.Zoom => Capability.Zoom,
        Command.WhatOneofCase.HandRaised or Command.WhatOneofCase.Passive or Command.WhatOneofCase.NeedsAMinute =>
            Capability.LightsAndHand,
        Command.WhatOneofCase.Mood => Capability.Expressions,
        Command.WhatOneofCase.Microphone => command.Microphone switch
        {
            MicrophoneMode.Whisper => Capability.Whisper,
            MicrophoneMode.Speak => Capability.Speak,
            _ => Capability.None,
        },
        _ => Capability.None,
    };

    private static bool IsPreset(Preset preset) => preset is Preset.Board or Preset.Teacher or Preset.Buddy;

    private static bool IsPose(HeadPose pose) => Math.Abs(pose.PanDegrees) <= MaxPanDegrees // false for NaN
        && Math.Abs(pose.TiltDegrees) <= MaxTiltDegrees
        && (pose.Zoom == 0 || IsZoom(pose.Zoom));

    private static bool IsZoom(double zoom) => zoom is >= 1 and <= MaxZoom;
}
