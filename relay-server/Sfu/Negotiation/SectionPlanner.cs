using AV1Relay.WebRtc.Sdp;

namespace AV1Relay.Sfu.Negotiation;

/// <summary>Gives each section of an offer its task, first come first served.</summary>
internal sealed class SectionPlanner(PeerRole role, RoomCodecs room)
{
    private bool _hasVideo, _hasAudio, _hasVideoUplink, _hasAudioUplink;
    private int _videoDownlinks, _audioDownlinks;

    /// <returns>Null when the section is to be rejected.</returns>
    public NegotiatedMedia? Plan(MediaDescription section)
    {
        var isVideo = section.Kind == "video";
        var isFirst = !(isVideo ? _hasVideo : _hasAudio);
        var uplink = Sends(section) && !(isVideo ? _hasVideoUplink : _hasAudioUplink) ? MediaSources.SentBy(role, isVideo) : null;
        var downlink = Receives(section) ? NextDownlink(isVideo) : null;
        if (uplink is null && downlink is null && !isFirst) return null;

        // Sound is neither steered nor held back: what is measured is what it leaves to the picture.
        var transportSequence = isVideo ? OfferNegotiator.ExtensionId(section, RtpExtensionUris.TransportWideCc) : 0;
        var codecs = isVideo
            ? CodecChoice.Video(section, uplink is not null, transportSequence != 0)
            : CodecChoice.Audio(section);
        if (codecs.Count == 0) return null;

        Take(isVideo, uplink is not null, downlink is not null);
        var remote = RemoteSource(section);
        return new NegotiatedMedia
        {
            Kind = section.Kind,
            Mid = section.Mid,
            Uplink = uplink,
            Downlink = downlink,
            Codecs = uplink == MediaSource.RobotVideo ? PupilsFirst(codecs) : codecs,
            MidExtension = OfferNegotiator.CanCarry(section.Mid) ? OfferNegotiator.ExtensionId(section, RtpExtensionUris.Mid) : 0,
            TransportSequenceExtension = transportSequence,
            PlayoutDelayExtension =
                isVideo && downlink is not null ? OfferNegotiator.ExtensionId(section, RtpExtensionUris.PlayoutDelay) : 0,
            RemoteSsrc = uplink is null ? null : remote.Ssrc,
            RemoteRtxSsrc = uplink is null ? null : remote.RtxSsrc,
            LocalSsrc = downlink is null ? 0 : OfferNegotiator.NewSsrc(),
            LocalRtxSsrc = downlink is not null && codecs.Any(codec => codec.HasRtx) ? OfferNegotiator.NewSsrc() : 0,
            HasReducedSizeRtcp = section.RtcpRsize,
        };
    }

    private static bool Sends(MediaDescription section) => section.Direction is MediaDirection.SendRecv or MediaDirection.SendOnly;

    private static bool Receives(MediaDescription section) => section.Direction is MediaDirection.SendRecv or MediaDirection.RecvOnly;

    private MediaSource? NextDownlink(bool isVideo)
    {
        var sources = MediaSources.ReceivedBy(role, isVideo);
        var taken = isVideo ? _videoDownlinks : _audioDownlinks;
        return taken < sources.Length ? sources[taken] : null;
    }

    private void Take(bool isVideo, bool isUplink, bool isDownlink)
    {
        if (isVideo)
        {
            _hasVideo = true;
            _hasVideoUplink |= isUplink;
            if (isDownlink) _videoDownlinks++;
        }
        else
        {
            _hasAudio = true;
            _hasAudioUplink |= isUplink;
            if (isDownlink) _audioDownlinks++;
        }
    }

    /// <summary>A publisher sends the first codec of the answer: one that the pupil who is there can decode goes first.</summary>
    private IReadOnlyList<NegotiatedCodec> PupilsFirst(IReadOnlyList<NegotiatedCodec> codecs)
        => [.. codecs.OrderBy(codec => room.PupilVideo.Count > 0 && !room.PupilVideo.Contains(codec.Codec))];

    private static (uint? Ssrc, uint? RtxSsrc) RemoteSource(MediaDescription section)
    {
        var pair = section.SsrcGroups.FirstOrDefault(group => group is { Semantics: SsrcGroup.FlowIdentification, Ssrcs.Count: 2 });
        if (pair is not null) return (pair.Ssrcs[0], pair.Ssrcs[1]);
        return (section.Ssrcs.Count > 0 ? section.Ssrcs[0].Ssrc : null, null);
    }
}
