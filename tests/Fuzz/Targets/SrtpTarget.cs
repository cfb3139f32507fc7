using AV1Relay.Tests.Unit.WebRtc.Srtp;
using AV1Relay.WebRtc.Srtp;

namespace AV1Relay.Tests.Fuzz.Targets;

/// <summary>Forged SRTP and SRTCP between genuine packets: it never opens, and never keeps a genuine one from opening.</summary>
/// <remarks>The first byte chooses profile, kind, and whether the input is a packet of its own or says how a genuine one is changed.</remarks>
internal sealed class SrtpTarget : FuzzTarget
{
    private const int GenuinePackets = 8;

    public override string Name => "srtp";

    public override int InputsInTests => 4_000;

    public override IReadOnlyList<byte[]> Words { get; } = [Hex("00000007"), Hex("80E00001"), Hex("81C8"), Hex("80000001"), Hex("BEDE0001"), Hex("90")];

    public override void Run(byte[] input)
    {
        var script = new ByteScript(input);
        var choice = script.Byte();
        var profile = (choice & 1) == 0 ? SrtpProfile.AeadAes128Gcm : SrtpProfile.Aes128CmHmacSha1_80;
        var isRtcp = (choice & 2) != 0;
        if ((choice & 4) == 0) ChangeGenuine(profile, isRtcp, ref script);
        else OpenAny(profile, isRtcp, input[Math.Min(1, input.Length)..]);
    }

    private static void ChangeGenuine(SrtpProfile profile, bool isRtcp, ref ByteScript script)
    {
        using var pair = new SrtpPair(profile);
        for (ushort i = 0; i < GenuinePackets; i++)
        {
            var genuine = Protect(pair, isRtcp, i);
            var forged = script.Changed(genuine);
            var isGenuine = forged.AsSpan().SequenceEqual(genuine);
            var error = isRtcp ? pair.UnprotectRtcp(forged, out var plain) : pair.UnprotectRtp(forged, out plain);
            Require((error == SrtpError.None) == isGenuine, $"{error} for a packet that is {(isGenuine ? "" : "not ")}genuine.");
            Require(error == SrtpError.None || plain.Length == 0, "Something came out of what did not open.");
            var after = isRtcp ? pair.UnprotectRtcp(genuine) : pair.UnprotectRtp(genuine);
            Require(after == (isGenuine ? SrtpError.Replayed : SrtpError.None), $"A genuine packet is {after} after a forged one.");
        }
    }

    /// <summary>What opens is exactly what a sender makes of what came out.</summary>
    private static void OpenAny(SrtpProfile profile, bool isRtcp, byte[] packet)
    {
        using var pair = new SrtpPair(profile);
        var error = isRtcp ? pair.UnprotectRtcp(packet, out var plain) : pair.UnprotectRtp(packet, out plain);
        if (error != SrtpError.None) return;
        var sent = isRtcp ? pair.ProtectRtcp(plain) : pair.ProtectRtp(plain);
        Require(sent is not null && sent.AsSpan().SequenceEqual(packet), "A packet opened that no sender made.");
    }

    private static byte[] Protect(SrtpPair pair, bool isRtcp, ushort number)
        => (isRtcp ? pair.ProtectRtcp(SrtpPair.Rtcp()) : pair.ProtectRtp(SrtpPair.Rtp((ushort)(0xFFFC + number)))) // over the wrap
            ?? throw new FuzzFailureException("A genuine packet was not protected.");
}
