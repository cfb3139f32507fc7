using Xunit;

namespace AV1Relay.Tests.Unit.WebRtc.Sdp;

/// <summary>Offers as real clients and servers make them; the Samples folder holds the text.</summary>
internal static class SdpSamples
{
    public static readonly string[] Names = ["chromium-whep", "chromium-whip", "firefox-whip", "obs-whip", "gstreamer-whip", "janus-subscriber-offer"];

    public static TheoryData<string> All => [.. Names];

    public static string Read(string name)
    {
        using var stream = typeof(SdpSamples).Assembly.GetManifestResourceStream($"{name}.sdp")
            ?? throw new ArgumentException($"There is no sample {name}.", nameof(name));
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\r\n");
    }
}
