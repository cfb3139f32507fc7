using System.Diagnostics.CodeAnalysis;
using AV1Relay.WebRtc.Ice;

namespace AV1Relay.WebRtc.Sdp;

/// <summary>An offer or answer (RFC 8866, RFC 8829). A value: change it with <c>with</c>, print it with <see cref="ToString"/>.</summary>
public sealed record SessionDescription
{
    public SdpOrigin Origin { get; init; } = SdpOrigin.Default;

    public string SessionName { get; init; } = "-";

    public IReadOnlyList<SdpGroup> Groups { get; init; } = [];

    /// <summary>The author answers checks and sends none (RFC 8839 §5.3).</summary>
    public bool IceLite { get; init; }

    public IReadOnlyList<string> IceOptions { get; init; } = [];

    public string? IceUfrag { get; init; }

    public string? IcePwd { get; init; }

    public IReadOnlyList<string> Fingerprints { get; init; } = [];

    public SdpSetup? Setup { get; init; }

    public bool ExtmapAllowMixed { get; init; }

    public IReadOnlyList<MediaDescription> Media { get; init; } = [];

    public IReadOnlyList<SdpAttribute> OtherAttributes { get; init; } = [];

    /// <summary>Reads a description from untrusted text: bounded by <see cref="SdpLimits"/>, never throws.</summary>
    /// <remarks>Lines may end in LF alone. Unknown lines and attributes are passed over; malformed known ones are errors.</remarks>
    public static bool TryParse(
        string? sdp, [NotNullWhen(true)] out SessionDescription? description, [NotNullWhen(false)] out SdpError? error)
        => SdpParser.TryParse(sdp, out description, out error);

    /// <summary>The text, with CRLF, ready to send.</summary>
    /// <exception cref="InvalidOperationException">A value holds a line break, which would forge another line.</exception>
    public override string ToString() => SdpWriter.Write(this);

    public MediaDescription? FindMedia(string mid) => Media.FirstOrDefault(media => media.Mid == mid);

    /// <summary>The section whose transport carries this one: the first living one of its BUNDLE group, or itself (RFC 9143 §7.2).</summary>
    public MediaDescription TransportOf(MediaDescription media)
    {
        foreach (var group in Groups)
        {
            if (group.Semantics != SdpGroup.Bundle || media.Mid is null || !group.Mids.Contains(media.Mid)) continue;
            return group.Mids.Select(FindMedia).FirstOrDefault(section => section is { IsRejected: false }) ?? media;
        }

        return media;
    }

    /// <summary>The ICE credentials that hold for a section: its own, else its group's, else the session's; null when incomplete.</summary>
    public IceCredentials? CredentialsOf(MediaDescription media)
    {
        var transport = TransportOf(media);
        var ufrag = media.IceUfrag ?? transport.IceUfrag ?? IceUfrag;
        var pwd = media.IcePwd ?? transport.IcePwd ?? IcePwd;
        return ufrag is null || pwd is null ? null : new IceCredentials(ufrag, pwd);
    }

    public IReadOnlyList<string> FingerprintsOf(MediaDescription media)
    {
        if (media.Fingerprints.Count > 0) return media.Fingerprints;
        var transport = TransportOf(media);
        return transport.Fingerprints.Count > 0 ? transport.Fingerprints : Fingerprints;
    }

    /// <summary>Null when said nowhere; RFC 8842 §5.3 then means actpass in an offer and active in an answer.</summary>
    public SdpSetup? SetupOf(MediaDescription media) => media.Setup ?? TransportOf(media).Setup ?? Setup;

    public IReadOnlyList<IceCandidate> CandidatesOf(MediaDescription media)
        => media.Candidates.Count > 0 ? media.Candidates : TransportOf(media).Candidates;
}
