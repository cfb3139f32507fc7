using AV1Relay.Protos.V1;

namespace AV1Relay.RobotAgent.Safety;

/// <summary>What the pupil has asked for and what stays until it is taken back. Forgotten with the session.</summary>
internal sealed record PupilWishes
{
    public static PupilWishes None { get; } = new();

    public bool HandRaised { get; init; }

    /// <summary>The last hand went down because somebody in the room had seen it.</summary>
    public bool HandSeen { get; init; }

    public Mood Mood { get; init; } = Mood.Neutral;

    public bool Passive { get; init; }

    public bool NeedsAMinute { get; init; }

    public MicrophoneMode Microphone { get; init; } = MicrophoneMode.Off;

    /// <summary>1 = the whole lens, 4 = a quarter of its width.</summary>
    public double Zoom { get; init; } = 1;

    /// <summary>How fast the head turns for this pupil.</summary>
    public HeadSpeed Speed { get; init; } = HeadSpeed.Usual;

    /// <summary>Where the pupil last sent the head; null before that.</summary>
    public Hardware.Head.HeadPose? Target { get; init; }

    /// <summary>What is where in this room.</summary>
    public RoomPlaces Places { get; init; } = RoomPlaces.None;

    /// <summary>Without what the pupil could not take back any more: a grant has become narrower during the session.</summary>
    public PupilWishes Within(CapabilityBits capabilities)
    {
        var hasHand = capabilities.Has(Capability.LightsAndHand);
        var mayTalk = Microphone switch
        {
            MicrophoneMode.Speak => capabilities.Has(Capability.Speak),
            MicrophoneMode.Whisper => capabilities.Has(Capability.Whisper),
            _ => false,
        };
        return this with
        {
            HandRaised = HandRaised && hasHand,
            HandSeen = HandSeen && hasHand,
            Passive = Passive && hasHand,
            NeedsAMinute = NeedsAMinute && hasHand,
            Mood = capabilities.Has(Capability.Expressions) ? Mood : Mood.Neutral,
            Microphone = mayTalk ? Microphone : MicrophoneMode.Off,
            Zoom = capabilities.Has(Capability.Zoom) ? Zoom : 1,
        };
    }
}
