using AV1Relay.Domain.Sessions;
using AV1Relay.Sfu;

namespace AV1Relay.Api.Rooms;

/// <summary>Which media may cross the relay for what a step includes.</summary>
internal static class MediaRightsOf
{
    public static MediaRights Capabilities(CapabilitySet capabilities) =>
        (capabilities.Has(Capability.See) ? MediaRights.VideoToPupil : 0)
        | (capabilities.Has(Capability.Hear) ? MediaRights.AudioToPupil : 0)
        | (capabilities.Has(Capability.Speak) || capabilities.Has(Capability.Whisper) ? MediaRights.AudioFromPupil : 0);
}
