using System.Globalization;
using System.Text;
using AV1Relay.WebRtc.Ice;

namespace AV1Relay.WebRtc.Sdp;

/// <summary>Prints descriptions in the order that browsers use.</summary>
internal sealed class SdpWriter
{
    private readonly StringBuilder _text = new();

    public static string Write(SessionDescription session)
    {
        var writer = new SdpWriter();
        writer.Session(session);
        foreach (var media in session.Media) writer.Media(media);
        return writer._text.ToString();
    }

    public static string Write(SdpFragment fragment)
    {
        var writer = new SdpWriter();
        if (fragment.IceOptions.Count > 0) writer.Line($"a=ice-options:{string.Join(' ', fragment.IceOptions)}");
        if (fragment.BundleMids.Count > 0) writer.Line($"a=group:BUNDLE {string.Join(' ', fragment.BundleMids)}");
        writer.Credentials(fragment.Credentials?.UsernameFragment, fragment.Credentials?.Password);
        foreach (var media in fragment.Media)
        {
            writer.Line($"m={media.Kind} 9 {media.Protocol} {string.Join(' ', media.Formats)}");
            if (media.Mid.Length > 0) writer.Line($"a=mid:{media.Mid}");
            writer.Candidates(media.Candidates, media.EndOfCandidates);
        }

        return writer._text.ToString();
    }

    private void Session(SessionDescription session)
    {
        var origin = session.Origin;
        Line("v=0");
        Line(Invariant($"o={origin.Username} {origin.SessionId} {origin.SessionVersion} {origin.NetworkType} {origin.AddressType} {origin.Address}"));
        Line($"s={(session.SessionName.Length == 0 ? "-" : session.SessionName)}");
        Line("t=0 0");
        foreach (var group in session.Groups) Line($"a=group:{group.Semantics} {string.Join(' ', group.Mids)}".TrimEnd());
        if (session.ExtmapAllowMixed) Line("a=extmap-allow-mixed");
        if (session.IceLite) Line("a=ice-lite");
        Transport(session.IceUfrag, session.IcePwd, session.IceOptions, session.Fingerprints, session.Setup);
        Others(session.OtherAttributes);
    }

    private void Media(MediaDescription media)
    {
        Line(Invariant($"m={media.Kind} {media.Port} {media.Protocol} {string.Join(' ', media.Formats)}"));
        if (media.Connection is not null) Line($"c={media.Connection}");
        foreach (var bandwidth in media.Bandwidths) Line($"b={bandwidth}");
        if (media.Mid is not null) Line($"a=mid:{media.Mid}");
        Transport(media.IceUfrag, media.IcePwd, media.IceOptions, media.Fingerprints, media.Setup);
        if (media.ExtmapAllowMixed) Line("a=extmap-allow-mixed");
        foreach (var extension in media.Extensions)
        {
            var direction = extension.Direction is { } way ? $"/{SdpText.Name(way)}" : "";
            Line(Invariant($"a=extmap:{extension.Id}{direction} {extension.Uri}"));
        }

        if (media.Kind != "application") Line($"a={SdpText.Name(media.Direction)}");
        if (media.BundleOnly) Line("a=bundle-only");
        foreach (var msid in media.Msids) Line($"a=msid:{msid}");
        if (media.RtcpMux) Line("a=rtcp-mux");
        if (media.RtcpMuxOnly) Line("a=rtcp-mux-only");
        if (media.RtcpRsize) Line("a=rtcp-rsize");
        foreach (var codec in media.Codecs) Codec(codec);
        Sources(media);
        if (media.SctpPort is { } port) Line(Invariant($"a=sctp-port:{port}"));
        if (media.MaxMessageSize is { } size) Line(Invariant($"a=max-message-size:{size}"));
        Others(media.OtherAttributes);
        Candidates(media.Candidates, media.EndOfCandidates);
    }

    private void Transport(
        string? ufrag, string? pwd, IReadOnlyList<string> options, IReadOnlyList<string> fingerprints, SdpSetup? setup)
    {
        Credentials(ufrag, pwd);
        if (options.Count > 0) Line($"a=ice-options:{string.Join(' ', options)}");
        foreach (var fingerprint in fingerprints) Line($"a=fingerprint:{fingerprint}");
        if (setup is { } role) Line($"a=setup:{SdpText.Name(role)}");
    }

    private void Credentials(string? ufrag, string? pwd)
    {
        if (ufrag is not null) Line($"a=ice-ufrag:{ufrag}");
        if (pwd is not null) Line($"a=ice-pwd:{pwd}");
    }

    private void Codec(CodecDescription codec)
    {
        var channels = codec.Channels > 1 ? Invariant($"/{codec.Channels}") : "";
        Line(Invariant($"a=rtpmap:{codec.PayloadType} {codec.Name}/{codec.ClockRate}{channels}"));
        foreach (var feedback in codec.RtcpFeedback) Line(Invariant($"a=rtcp-fb:{codec.PayloadType} {feedback}"));
        if (!string.IsNullOrEmpty(codec.Fmtp)) Line(Invariant($"a=fmtp:{codec.PayloadType} {codec.Fmtp}"));
    }

    private void Sources(MediaDescription media)
    {
        foreach (var group in media.SsrcGroups) Line(Invariant($"a=ssrc-group:{group.Semantics} {string.Join(' ', group.Ssrcs)}").TrimEnd());
        foreach (var source in media.Ssrcs)
        {
            if (source.Cname is null && source.Msid is null) Line(Invariant($"a=ssrc:{source.Ssrc}"));
            if (source.Cname is not null) Line(Invariant($"a=ssrc:{source.Ssrc} cname:{source.Cname}"));
            if (source.Msid is not null) Line(Invariant($"a=ssrc:{source.Ssrc} msid:{source.Msid}"));
        }
    }

    private void Candidates(IReadOnlyList<IceCandidate> candidates, bool end)
    {
        foreach (var candidate in candidates) Line($"a={candidate}");
        if (end) Line("a=end-of-candidates");
    }

    private void Others(IReadOnlyList<SdpAttribute> attributes)
    {
        foreach (var attribute in attributes) Line(attribute.Value is null ? $"a={attribute.Name}" : $"a={attribute.Name}:{attribute.Value}");
    }

    private void Line(string line)
    {
        if (line.AsSpan().ContainsAny('\r', '\n', '\0')) throw new InvalidOperationException("A value of the description holds a line break.");
        _text.Append(line).Append("\r\n");
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
