using System.Globalization;
using AV1Relay.WebRtc.Ice;

namespace AV1Relay.WebRtc.Sdp;

/// <summary>Collects the attributes of one section, or of the session's part before the first section.</summary>
internal sealed class SdpSectionBuilder
{
    private readonly Dictionary<int, CodecDescription> _maps = [];
    private readonly Dictionary<int, string> _fmtp = [];
    private readonly List<(int? PayloadType, string Kind)> _feedback = [];
    private readonly List<SsrcDescription> _sources = [];

    public required MediaDescription Media { get; init; }

    public MediaDirection? Direction { get; private set; }
    public string? Mid { get; private set; }
    public string? Ufrag { get; private set; }
    public string? Pwd { get; private set; }
    public SdpSetup? Setup { get; private set; }
    public bool IceLite { get; private set; }
    public bool ExtmapAllowMixed { get; private set; }
    public List<string> IceOptions { get; } = [];
    public List<string> Fingerprints { get; } = [];
    public List<SdpGroup> Groups { get; } = [];
    public List<RtpExtensionMap> Extensions { get; } = [];
    public List<SdpAttribute> Other { get; } = [];
    public List<string> Bandwidths { get; } = [];
    public string? Connection { get; set; }

    private readonly List<IceCandidate> _candidates = [];
    private readonly List<SdpMediaStreamId> _msids = [];
    private readonly List<SsrcGroup> _ssrcGroups = [];
    private bool _rtcpMux, _rtcpMuxOnly, _rtcpRsize, _bundleOnly, _endOfCandidates;
    private int? _sctpPort;
    private long? _maxMessageSize;

    /// <returns>Null, or what is wrong in words.</returns>
    public string? Add(ReadOnlySpan<char> attribute)
    {
        var colon = attribute.IndexOf(':');
        var name = (colon < 0 ? attribute : attribute[..colon]).Trim(' ');
        var value = colon < 0 ? default : attribute[(colon + 1)..].Trim(' ');
        if (SdpText.TryDirection(name, out var direction))
        {
            Direction = direction;
            return null;
        }

        switch (name)
        {
            case "mid":
                Mid = value.ToString();
                return value.IsEmpty || value.Contains(' ') ? "'a=mid' needs one word." : null;
            case "ice-ufrag":
                Ufrag = value.ToString();
                return IceCredentials.IsFragment(value) ? null : "'a=ice-ufrag' needs 4 to 256 letters, digits, '+' or '/'.";
            case "ice-pwd":
                Pwd = value.ToString();
                return IceCredentials.IsPassword(value) ? null : "'a=ice-pwd' needs 22 to 256 letters, digits, '+' or '/'.";
            case "setup":
                if (!SdpText.TrySetup(value, out var setup)) return "'a=setup' is actpass, active, passive or holdconn.";
                Setup = setup;
                return null;
            case "fingerprint": return AddFingerprint(value);
            case "group": return AddGroup(value);
            case "ice-options": return AddIceOptions(value);
            case "ice-lite": IceLite = true; return null;
            case "extmap-allow-mixed": ExtmapAllowMixed = true; return null;
            case "rtcp-mux": _rtcpMux = true; return null;
            case "rtcp-mux-only": _rtcpMuxOnly = true; return null;
            case "rtcp-rsize": _rtcpRsize = true; return null;
            case "bundle-only": _bundleOnly = true; return null;
            case "end-of-candidates": _endOfCandidates = true; return null;
            case "extmap": return AddExtension(value);
            case "rtpmap": return AddMap(value);
            case "fmtp": return AddFmtp(value);
            case "rtcp-fb": return AddFeedback(value);
            case "candidate": return AddCandidate(value);
            case "msid": return AddMsid(value);
            case "ssrc": return AddSource(value);
            case "ssrc-group": return AddSourceGroup(value);
            case "sctp-port":
                if (!SdpText.TryInt(value, 0, ushort.MaxValue, out var port)) return "'a=sctp-port' needs a number from 0 to 65535.";
                _sctpPort = port;
                return null;
            case "max-message-size":
                if (!long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var size)) return "'a=max-message-size' needs a number.";
                _maxMessageSize = size;
                return null;
            default:
                if (Other.Count < SdpLimits.OtherAttributesPerSection)
                    Other.Add(new SdpAttribute(name.ToString(), colon < 0 ? null : value.ToString()));
                return null;
        }
    }

    public MediaDescription Build(MediaDirection? sessionDirection) => Media with
    {
        Connection = Connection,
        Bandwidths = Bandwidths,
        Mid = Mid,
        Direction = Direction ?? sessionDirection ?? MediaDirection.SendRecv,
        IceUfrag = Ufrag,
        IcePwd = Pwd,
        IceOptions = IceOptions,
        Fingerprints = Fingerprints,
        Setup = Setup,
        RtcpMux = _rtcpMux,
        RtcpMuxOnly = _rtcpMuxOnly,
        RtcpRsize = _rtcpRsize,
        BundleOnly = _bundleOnly,
        ExtmapAllowMixed = ExtmapAllowMixed,
        Codecs = BuildCodecs(),
        Extensions = Extensions,
        Candidates = _candidates,
        EndOfCandidates = _endOfCandidates,
        Msids = _msids,
        Ssrcs = _sources,
        SsrcGroups = _ssrcGroups,
        SctpPort = _sctpPort,
        MaxMessageSize = _maxMessageSize,
        OtherAttributes = Other,
    };

    private List<CodecDescription> BuildCodecs()
    {
        var codecs = new List<CodecDescription>();
        var seen = UInt128.Zero; // one bit for each payload type: a format that is repeated adds nothing
        IReadOnlyList<string>? common = null;
        foreach (var format in Media.Formats)
        {
            if (!SdpText.TryInt(format, 0, 127, out var payloadType) || (seen >> payloadType & 1) != 0) continue;
            seen |= UInt128.One << payloadType;
            if (!_maps.TryGetValue(payloadType, out var codec) && !TryStatic(payloadType, out codec)) continue;
            codecs.Add(codec with
            {
                Fmtp = _fmtp.GetValueOrDefault(payloadType),
                RtcpFeedback = _feedback.Exists(entry => entry.PayloadType == payloadType)
                    ? FeedbackOf(payloadType)
                    : common ??= FeedbackOf(null),
            });
        }

        return codecs;
    }

    /// <param name="payloadType">Null: what is meant for every codec.</param>
    private List<string> FeedbackOf(int? payloadType)
    {
        var kinds = new List<string>();
        foreach (var (meant, kind) in _feedback)
        {
            if (kinds.Count == SdpLimits.FeedbackPerCodec) break;
            if ((meant is null || meant == payloadType) && !kinds.Contains(kind)) kinds.Add(kind);
        }

        return kinds;
    }

    // RFC 3551 §6: the payload types that browsers still offer and that may come without rtpmap.
    private static bool TryStatic(int payloadType, out CodecDescription codec)
    {
        var name = payloadType switch { 0 => "PCMU", 8 => "PCMA", 9 => "G722", _ => null };
        codec = new CodecDescription(payloadType, name ?? "", 8_000);
        return name is not null;
    }

    private string? AddFingerprint(ReadOnlySpan<char> value)
    {
        if (value.Count(' ') != 1 || value.Count(':') < 15) return "'a=fingerprint' needs a hash's name and its bytes in hex, parted by colons.";
        if (Fingerprints.Count == SdpLimits.FingerprintsPerSection) return $"more than {SdpLimits.FingerprintsPerSection} fingerprints.";
        Fingerprints.Add(value.ToString());
        return null;
    }

    private string? AddGroup(ReadOnlySpan<char> value)
    {
        if (Groups.Count == SdpLimits.GroupsPerSection) return $"more than {SdpLimits.GroupsPerSection} groups.";
        var semantics = SdpText.TakeWord(ref value);
        if (semantics.IsEmpty) return "'a=group' needs its meaning, such as BUNDLE.";
        if (SdpText.Words(value, SdpLimits.MediaSections) is not { } mids) return $"a group of more than {SdpLimits.MediaSections} sections.";
        Groups.Add(new SdpGroup(semantics.ToString(), mids));
        return null;
    }

    private string? AddIceOptions(ReadOnlySpan<char> value)
    {
        if (SdpText.Words(value, 16) is not { } options) return "more than 16 ICE options.";
        IceOptions.Clear();
        IceOptions.AddRange(options);
        return null;
    }

    private string? AddExtension(ReadOnlySpan<char> value)
    {
        const string Expected = "'a=extmap' needs a number from 1 to 4351, perhaps '/direction', and a URI.";
        var first = SdpText.TakeWord(ref value);
        var uri = SdpText.TakeWord(ref value);
        var slash = first.IndexOf('/');
        var number = slash < 0 ? first : first[..slash];
        MediaDirection? direction = null;
        if (slash >= 0)
        {
            if (!SdpText.TryDirection(first[(slash + 1)..], out var parsed)) return Expected;
            direction = parsed;
        }

        if (!SdpText.TryInt(number, 1, 4_351, out var id) || uri.IsEmpty) return Expected;
        if (Extensions.Count == SdpLimits.ExtensionsPerSection) return $"more than {SdpLimits.ExtensionsPerSection} header extensions.";
        Extensions.Add(new RtpExtensionMap(id, uri.ToString(), direction));
        return null;
    }

    private string? AddMap(ReadOnlySpan<char> value)
    {
        const string Expected = "'a=rtpmap' needs a payload type from 0 to 127, then name/clock rate, perhaps /channels.";
        if (!SdpText.TryInt(SdpText.TakeWord(ref value), 0, 127, out var payloadType)) return Expected;
        var encoding = SdpText.TakeWord(ref value);
        Span<Range> parts = stackalloc Range[4];
        var count = encoding.Split(parts, '/');
        if (count is < 2 or > 3 || encoding[parts[0]].IsEmpty || !SdpText.TryInt(encoding[parts[1]], 1, 10_000_000, out var clockRate)) return Expected;
        var channels = 1;
        if (count == 3 && !SdpText.TryInt(encoding[parts[2]], 1, 255, out channels)) return Expected;
        _maps[payloadType] = new CodecDescription(payloadType, encoding[parts[0]].ToString(), clockRate, channels);
        return null;
    }

    private string? AddFmtp(ReadOnlySpan<char> value)
    {
        var format = SdpText.TakeWord(ref value);
        if (SdpText.TryInt(format, 0, 127, out var payloadType)) _fmtp[payloadType] = value.ToString();
        else if (Media.Protocol.Contains("RTP", StringComparison.Ordinal)) return "'a=fmtp' needs a payload type from 0 to 127.";
        return null;
    }

    private string? AddFeedback(ReadOnlySpan<char> value)
    {
        var format = SdpText.TakeWord(ref value);
        int? payloadType = null;
        if (!format.SequenceEqual("*"))
        {
            if (!SdpText.TryInt(format, 0, 127, out var number)) return "'a=rtcp-fb' needs a payload type from 0 to 127, or '*'.";
            payloadType = number;
        }

        if (_feedback.Count == SdpLimits.FeedbackPerSection) return $"more than {SdpLimits.FeedbackPerSection} lines of feedback.";
        _feedback.Add((payloadType, value.ToString()));
        return null;
    }

    private string? AddCandidate(ReadOnlySpan<char> value)
    {
        if (_candidates.Count < SdpLimits.CandidatesPerSection && IceCandidate.TryParse(value.ToString(), out var candidate)) _candidates.Add(candidate);
        return null;
    }

    private string? AddMsid(ReadOnlySpan<char> value)
    {
        if (_msids.Count == SdpLimits.GroupsPerSection) return $"more than {SdpLimits.GroupsPerSection} stream ids.";
        if (value.IsEmpty) return "'a=msid' needs a stream's id.";
        _msids.Add(ReadMsid(value));
        return null;
    }

    private static SdpMediaStreamId ReadMsid(ReadOnlySpan<char> value)
    {
        var stream = SdpText.TakeWord(ref value).ToString();
        return new SdpMediaStreamId(stream, value.IsEmpty ? null : SdpText.TakeWord(ref value).ToString());
    }

    private string? AddSource(ReadOnlySpan<char> value)
    {
        if (!uint.TryParse(SdpText.TakeWord(ref value), NumberStyles.None, CultureInfo.InvariantCulture, out var ssrc))
            return "'a=ssrc' needs a number of 32 bits.";
        var index = _sources.FindIndex(source => source.Ssrc == ssrc);
        if (index < 0)
        {
            if (_sources.Count == SdpLimits.SourcesPerSection) return $"more than {SdpLimits.SourcesPerSection} sources.";
            index = _sources.Count;
            _sources.Add(new SsrcDescription(ssrc));
        }

        if (value.StartsWith("cname:")) _sources[index] = _sources[index] with { Cname = value["cname:".Length..].ToString() };
        else if (value.StartsWith("msid:")) _sources[index] = _sources[index] with { Msid = ReadMsid(value["msid:".Length..]) };
        return null;
    }

    private string? AddSourceGroup(ReadOnlySpan<char> value)
    {
        if (_ssrcGroups.Count == SdpLimits.GroupsPerSection) return $"more than {SdpLimits.GroupsPerSection} groups of sources.";
        var semantics = SdpText.TakeWord(ref value).ToString();
        var ssrcs = new List<uint>();
        while (!value.IsEmpty)
        {
            if (ssrcs.Count == SdpLimits.SourcesPerSection
                || !uint.TryParse(SdpText.TakeWord(ref value), NumberStyles.None, CultureInfo.InvariantCulture, out var ssrc))
                return $"'a=ssrc-group' needs its meaning and up to {SdpLimits.SourcesPerSection} numbers of 32 bits.";
            ssrcs.Add(ssrc);
        }

        _ssrcGroups.Add(new SsrcGroup(semantics, ssrcs));
        return null;
    }
}
