using System.Globalization;
using AV1Relay.WebRtc.Sdp;

namespace AV1Relay.WebRtc.Peer;

/// <summary>What offering and answering have in common where two sides' sections meet (RFC 3264 §6).</summary>
internal static class SectionAgreement
{
    /// <summary>Ours, after both sides' wishes.</summary>
    public static MediaDirection Meet(MediaDirection ours, MediaDirection theirs)
    {
        var send = Sends(ours) && theirs is MediaDirection.SendRecv or MediaDirection.RecvOnly;
        var receive = ours is MediaDirection.SendRecv or MediaDirection.RecvOnly && Sends(theirs);
        return (send, receive) switch
        {
            (true, true) => MediaDirection.SendRecv,
            (true, false) => MediaDirection.SendOnly,
            (false, true) => MediaDirection.RecvOnly,
            _ => MediaDirection.Inactive,
        };
    }

    public static bool Sends(MediaDirection direction) => direction is MediaDirection.SendRecv or MediaDirection.SendOnly;

    /// <summary>The sources that a section announces: media first, then its repeats.</summary>
    public static List<SsrcDescription> Sources(MediaDescription media)
    {
        if (media.SsrcGroups.FirstOrDefault(group => group.Semantics == SsrcGroup.FlowIdentification) is not { } flow) return [.. media.Ssrcs];
        return [.. media.Ssrcs.OrderBy(source => flow.Ssrcs.Contains(source.Ssrc) ? flow.Ssrcs.ToList().IndexOf(source.Ssrc) : int.MaxValue)];
    }

    public static CodecDescription Rtx(int payloadType, CodecDescription codec) => new(payloadType, "rtx", codec.ClockRate)
    {
        Fmtp = string.Create(CultureInfo.InvariantCulture, $"apt={codec.PayloadType}"),
    };

    /// <summary>A section of a description of ours, without its transport.</summary>
    public static MediaDescription Write(
        string kind, string mid, MediaDirection direction, IReadOnlyList<CodecDescription> codecs, IReadOnlyList<RtpExtensionMap> extensions,
        LocalStream? stream)
    {
        var description = new MediaDescription
        {
            Kind = kind,
            Mid = mid,
            Direction = direction,
            Formats = [.. codecs.Select(codec => codec.PayloadType.ToString(CultureInfo.InvariantCulture))],
            Codecs = codecs,
            Extensions = extensions,
            RtcpMux = true,
            RtcpRsize = true,
        };
        if (stream is null) return description;
        // RFC 8830 §2 lets the track's name be left out, but older servers refuse a description without it.
        var msid = stream.Msid is { Track: null } nameless ? nameless with { Track = mid } : stream.Msid;
        List<SsrcDescription> sources = [new(stream.Ssrc, stream.Cname, msid)];
        List<SsrcGroup> groups = [];
        if (stream.RtxSsrc is { } rtx)
        {
            sources.Add(new SsrcDescription(rtx, stream.Cname, msid));
            groups.Add(new SsrcGroup(SsrcGroup.FlowIdentification, [stream.Ssrc, rtx]));
        }

        return description with { Msids = msid is null ? [] : [msid], Ssrcs = sources, SsrcGroups = groups };
    }
}

/// <summary>What we send in a section.</summary>
internal sealed record LocalStream(uint Ssrc, uint? RtxSsrc, SdpMediaStreamId? Msid, string Cname);
