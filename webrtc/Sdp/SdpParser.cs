using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace AV1Relay.WebRtc.Sdp;

/// <summary>The grammar around the attributes: order of lines, sections, and what must be unique.</summary>
internal static class SdpParser
{
    public static bool TryParse(
        string? sdp, [NotNullWhen(true)] out SessionDescription? description, [NotNullWhen(false)] out SdpError? error)
    {
        description = null;
        if (string.IsNullOrEmpty(sdp)) return Fail(0, "The description is empty.", out error);
        if (sdp.Length > SdpLimits.Characters) return Fail(0, $"The description is longer than {SdpLimits.Characters} characters.", out error);

        var result = new SessionDescription();
        var session = new SdpSectionBuilder { Media = new MediaDescription { Kind = "" } };
        var sections = new List<SdpSectionBuilder>();
        var current = session;
        var reader = new SdpLineReader(sdp);
        var hasVersion = false;
        while (reader.TryNext())
        {
            string? fault = null;
            if (!hasVersion)
            {
                if (reader.Type != 'v' || !reader.Value.SequenceEqual("0")) return Fail(reader.Number, "a description starts with 'v=0'.", out error);
                hasVersion = true;
                continue;
            }

            switch (reader.Type)
            {
                case 'o' when current == session:
                    if (TryOrigin(reader.Value, out var origin)) result = result with { Origin = origin };
                    else fault = "'o=' needs a name, two numbers, network type, address type and address.";
                    break;
                case 's' when current == session:
                    result = result with { SessionName = reader.Value.ToString() };
                    break;
                case 'c':
                    current.Connection = reader.Value.ToString();
                    break;
                case 'b':
                    if (current.Bandwidths.Count < 16) current.Bandwidths.Add(reader.Value.ToString());
                    break;
                case 'm':
                    fault = TryMedia(reader.Value, out var media);
                    if (sections.Count == SdpLimits.MediaSections) fault = $"more than {SdpLimits.MediaSections} media sections.";
                    if (media is null) break;
                    current = new SdpSectionBuilder { Media = media };
                    sections.Add(current);
                    break;
                case 'a':
                    fault = current.Add(reader.Value);
                    if (fault is null && reader.Value.StartsWith("mid:") && sections.Any(other => other != current && other.Mid == current.Mid))
                        fault = "another section has the same mid.";
                    break;
            }

            if (fault is not null) return Fail(reader.Number, fault, out error);
        }

        if (reader.Fault is { } lineFault) return Fail(reader.Number, lineFault, out error);
        if (!hasVersion) return Fail(0, "The description is empty.", out error);

        description = result with
        {
            Groups = session.Groups,
            IceLite = session.IceLite,
            IceOptions = session.IceOptions,
            IceUfrag = session.Ufrag,
            IcePwd = session.Pwd,
            Fingerprints = session.Fingerprints,
            Setup = session.Setup,
            ExtmapAllowMixed = session.ExtmapAllowMixed,
            OtherAttributes = session.Other,
            Media = [.. sections.Select(section => section.Build(session.Direction))],
        };
        error = null;
        return true;
    }

    /// <returns>Null, or what is wrong in words.</returns>
    internal static string? TryMedia(ReadOnlySpan<char> value, out MediaDescription? media)
    {
        media = null;
        var kind = SdpText.TakeWord(ref value);
        var portText = SdpText.TakeWord(ref value);
        var slash = portText.IndexOf('/');
        if (slash >= 0) portText = portText[..slash]; // a number of ports: of no meaning under ICE
        var protocol = SdpText.TakeWord(ref value);
        if (kind.IsEmpty || protocol.IsEmpty || !SdpText.TryInt(portText, 0, ushort.MaxValue, out var port))
            return "'m=' needs a kind, a port, a protocol and formats.";
        if (SdpText.Words(value, SdpLimits.FormatsPerSection) is not { } formats) return $"more than {SdpLimits.FormatsPerSection} formats.";
        if (formats.Count == 0) return "'m=' needs a kind, a port, a protocol and formats.";
        if (protocol.Contains("RTP", StringComparison.Ordinal) && formats.Any(format => !SdpText.TryInt(format, 0, 127, out _)))
            return "payload types are numbers from 0 to 127.";
        media = new MediaDescription { Kind = kind.ToString(), Port = port, Protocol = protocol.ToString(), Formats = formats };
        return null;
    }

    private static bool TryOrigin(ReadOnlySpan<char> value, [NotNullWhen(true)] out SdpOrigin? origin)
    {
        origin = null;
        if (SdpText.Words(value, 6) is not { Count: 6 } words) return false;
        if (!ulong.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            || !ulong.TryParse(words[2], NumberStyles.None, CultureInfo.InvariantCulture, out var version))
            return false;
        origin = new SdpOrigin(words[0], id, version, words[3], words[4], words[5]);
        return true;
    }

    private static bool Fail(int line, string words, out SdpError error)
    {
        error = new SdpError(line, words);
        return false;
    }
}
