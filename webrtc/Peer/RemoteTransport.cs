using System.Diagnostics.CodeAnalysis;
using AV1Relay.WebRtc.Dtls;
using AV1Relay.WebRtc.Ice;
using AV1Relay.WebRtc.Sdp;

namespace AV1Relay.WebRtc.Peer;

/// <summary>How a description says that its author is reached, and known again.</summary>
internal sealed record RemoteTransport(
    IceCredentials Credentials, IReadOnlyList<IceCandidate> Candidates, bool IsLite, Fingerprint Fingerprint, SdpSetup? Setup)
{
    /// <param name="carrier">The section whose transport carries all.</param>
    /// <param name="author">"offer" or "answer", for the words of an error.</param>
    public static bool TryRead(
        SessionDescription description, MediaDescription carrier, string author,
        [NotNullWhen(true)] out RemoteTransport? remote, [NotNullWhen(false)] out string? error)
    {
        remote = null;
        error = $"The {author} has no usable ICE credentials.";
        if (description.CredentialsOf(carrier) is not { IsWellFormed: true } credentials) return false;

        Fingerprint? fingerprint = null;
        foreach (var text in description.FingerprintsOf(carrier))
            if (Fingerprint.TryParse(text, out fingerprint)) break;
        error = $"The {author} has no fingerprint that can be trusted (SHA-256 or longer).";
        if (fingerprint is null) return false;

        error = null;
        remote = new RemoteTransport(
            credentials, description.CandidatesOf(carrier), description.IceLite, fingerprint, description.SetupOf(carrier));
        return true;
    }
}
