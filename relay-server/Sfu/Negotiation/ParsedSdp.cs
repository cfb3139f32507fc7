using AV1Relay.WebRtc.Sdp;

namespace AV1Relay.Sfu.Negotiation;

/// <summary>What a text was read as. Reading is for the thread that brings the text: a shard's thread has packets to forward.</summary>
/// <param name="Value">Null when the text can't be read.</param>
/// <param name="Error">Where and why; null with a value.</param>
internal readonly record struct ParsedSdp<T>(T? Value, SdpError? Error)
    where T : class;

/// <inheritdoc cref="ParsedSdp{T}"/>
internal static class ParsedSdp
{
    public static ParsedSdp<SessionDescription> Offer(string text)
        => SessionDescription.TryParse(text, out var offer, out var error) ? new(offer, null) : new(null, error);

    public static ParsedSdp<SdpFragment> Fragment(string text)
        => SdpFragment.TryParse(text, out var fragment, out var error) ? new(fragment, null) : new(null, error);
}
