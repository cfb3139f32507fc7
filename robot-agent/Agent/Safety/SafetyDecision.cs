using AV1Relay.Hardware.Lights;
using AV1Relay.Protos.V1;

namespace AV1Relay.RobotAgent.Safety;

/// <summary>What may be on at this instant. Whoever acts on it closes before the lights change, and opens after.</summary>
/// <param name="Sign">What the ring is to show.</param>
/// <param name="Camera">The camera may be open.</param>
/// <param name="Microphone">The microphone may be open.</param>
/// <param name="Voice">How the pupil's voice is let through: off, whisper (softly) or speak.</param>
/// <param name="Publish">The connection to the relay's media side may exist. It carries nothing while camera and microphone are closed.</param>
internal readonly record struct SafetyDecision(LightSign Sign, bool Camera, bool Microphone, MicrophoneMode Voice, bool Publish);
