using System.Diagnostics.CodeAnalysis;
using AV1Relay.WebRtc.Ice;

namespace AV1Relay.WebRtc.Sdp;

/// <summary>One section of a fragment: whose candidates follow.</summary>
/// <param name="Formats">Only there because an m= line needs them.</param>
public sealed record SdpFragmentMedia(string Kind, string Protocol, IReadOnlyList<string> Formats, string Mid)
{
    public IReadOnlyList<IceCandidate> Candidates { get; init; } = [];

    public bool EndOfCandidates { get; init; }
}

/// <summary>The body of a WHIP or WHEP PATCH, <c>application/trickle-ice-sdpfrag</c> (RFC 8840 §9, RFC 9725 §4.3).</summary>
public sealed record SdpFragment
{
    public const string ContentType = "application/trickle-ice-sdpfrag";

    public IReadOnlyList<string> IceOptions { get; init; } = [];

    public IReadOnlyList<string> BundleMids { get; init; } = [];

    /// <summary>From the top, or from the first section that has them; null when incomplete: then nothing can be restarted.</summary>
    public IceCredentials? Credentials { get; init; }

    public IReadOnlyList<SdpFragmentMedia> Media { get; init; } = [];

    /// <summary>Reads a fragment from untrusted text: bounded by <see cref="SdpLimits"/>, never throws.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out SdpFragment? fragment, [NotNullWhen(false)] out SdpError? error)
    {
        fragment = null;
        error = new SdpError(0, "The fragment is empty.");
        if (string.IsNullOrEmpty(text)) return false;
        error = new SdpError(0, $"The fragment is longer than {SdpLimits.Characters} characters.");
        if (text.Length > SdpLimits.Characters) return false;

        var top = new SdpSectionBuilder { Media = new MediaDescription { Kind = "" } };
        var sections = new List<SdpSectionBuilder>();
        var current = top;
        var reader = new SdpLineReader(text);
        while (reader.TryNext())
        {
            string? fault = null;
            if (reader.Type == 'a') fault = current.Add(reader.Value);
            else if (reader.Type == 'm')
            {
                fault = SdpParser.TryMedia(reader.Value, out var media);
                if (sections.Count == SdpLimits.MediaSections) fault = $"more than {SdpLimits.MediaSections} media sections.";
                if (media is not null) sections.Add(current = new SdpSectionBuilder { Media = media });
            }

            error = new SdpError(reader.Number, fault ?? "");
            if (fault is not null) return false;
        }

        error = new SdpError(reader.Number, reader.Fault ?? "");
        if (reader.Fault is not null) return false;
        error = null;
        fragment = Build(top, sections);
        return true;
    }

    /// <summary>The text, with CRLF, ready to send.</summary>
    /// <exception cref="InvalidOperationException">A value holds a line break, which would forge another line.</exception>
    public override string ToString() => SdpWriter.Write(this);

    private static SdpFragment Build(SdpSectionBuilder top, List<SdpSectionBuilder> sections)
    {
        var holder = sections.Prepend(top).FirstOrDefault(section => section is { Ufrag: not null, Pwd: not null });
        var media = new List<SdpFragmentMedia>();
        foreach (var section in sections)
        {
            var built = section.Build(null);
            media.Add(new SdpFragmentMedia(built.Kind, built.Protocol, built.Formats, built.Mid ?? "")
            {
                Candidates = built.Candidates,
                EndOfCandidates = built.EndOfCandidates,
            });
        }

        return new SdpFragment
        {
            IceOptions = top.IceOptions,
            BundleMids = top.Groups.FirstOrDefault(group => group.Semantics == SdpGroup.Bundle)?.Mids ?? [],
            Credentials = holder is { Ufrag: { } ufrag, Pwd: { } pwd } ? new IceCredentials(ufrag, pwd) : null,
            Media = media,
        };
    }
}
