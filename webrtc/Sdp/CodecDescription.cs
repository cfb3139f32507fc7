using System.Globalization;

namespace AV1Relay.WebRtc.Sdp;

/// <summary>One payload type of a media section: its rtpmap, fmtp and rtcp-fb lines together.</summary>
/// <param name="PayloadType">0–127. Browsers use low numbers too: never assume a range.</param>
/// <param name="Name">As written; compare without case ("opus", "H264", "VP8", "rtx").</param>
/// <param name="ClockRate">Hz.</param>
/// <param name="Channels">1 when not written; only audio has more.</param>
public sealed record CodecDescription(int PayloadType, string Name, int ClockRate, int Channels = 1)
{
    /// <summary>The format parameters, as "a=1;b=2"; null for none.</summary>
    public string? Fmtp { get; init; }

    /// <summary>The kinds of feedback asked for: "nack", "nack pli", "ccm fir", "transport-cc", "goog-remb" ….</summary>
    public IReadOnlyList<string> RtcpFeedback { get; init; } = [];

    public bool IsNamed(string name) => Name.Equals(name, StringComparison.OrdinalIgnoreCase);

    /// <summary>For "rtx": the payload type it repeats (RFC 4588 §8.1); null for all others.</summary>
    public int? AssociatedPayloadType
        => IsNamed("rtx") && int.TryParse(Parameter("apt"), NumberStyles.None, CultureInfo.InvariantCulture, out var apt) ? apt : null;

    /// <summary>The value of one format parameter, without case of its name; null when absent, "" when it is a bare word.</summary>
    public string? Parameter(string name)
    {
        var rest = Fmtp.AsSpan();
        while (!rest.IsEmpty)
        {
            var end = rest.IndexOf(';');
            var part = (end < 0 ? rest : rest[..end]).Trim();
            rest = end < 0 ? default : rest[(end + 1)..];
            var equals = part.IndexOf('=');
            var key = equals < 0 ? part : part[..equals].TrimEnd();
            if (key.Equals(name, StringComparison.OrdinalIgnoreCase)) return equals < 0 ? "" : part[(equals + 1)..].Trim().ToString();
        }

        return null;
    }

    /// <summary>Whether two descriptions are of the same bit stream, so that packets can go from one to the other under a new payload type.</summary>
    /// <remarks>
    /// H.264 also needs the same packetization-mode and profile (RFC 6184 §8.2.2; the level may differ); VP9 the same profile-id;
    /// all others agree by name, clock and channels.
    /// </remarks>
    public bool IsCompatibleWith(CodecDescription other)
    {
        if (!IsNamed(other.Name) || ClockRate != other.ClockRate || Channels != other.Channels) return false;
        if (IsNamed("H264"))
            return (Parameter("packetization-mode") ?? "0") == (other.Parameter("packetization-mode") ?? "0")
                && H264Profile.Of(this) is { } profile && profile == H264Profile.Of(other);
        return !IsNamed("VP9") || (Parameter("profile-id") ?? "0") == (other.Parameter("profile-id") ?? "0");
    }
}
