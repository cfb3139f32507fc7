using AV1Relay.Domain.Sessions;
using Capability = AV1Relay.Domain.Sessions.Capability;
using ProtoCapability = AV1Relay.Protos.V1.Capability;

namespace AV1Relay.Api.RobotLinks;

/// <summary>The domain's capabilities as the messages name them.</summary>
internal static class ProtoCapabilities
{
    public static IEnumerable<ProtoCapability> From(CapabilitySet capabilities) => capabilities.Each().Select(From);

    private static ProtoCapability From(Capability capability) => capability switch
    {
        Capability.See => ProtoCapability.See,
        Capability.Zoom => ProtoCapability.Zoom,
        Capability.Hear => ProtoCapability.Hear,
        Capability.LookAround => ProtoCapability.LookAround,
        Capability.LightsAndHand => ProtoCapability.LightsAndHand,
        Capability.Expressions => ProtoCapability.Expressions,
        Capability.Whisper => ProtoCapability.Whisper,
        Capability.Speak => ProtoCapability.Speak,
        Capability.BeSeen => ProtoCapability.BeSeen,
        _ => throw new ArgumentOutOfRangeException(nameof(capability), capability, "Not one capability."),
    };
}
