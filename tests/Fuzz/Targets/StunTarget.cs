using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using AV1Relay.WebRtc;
using AV1Relay.WebRtc.Ice;
using AV1Relay.WebRtc.Stun;

namespace AV1Relay.Tests.Fuzz.Targets;

/// <summary>A check as it comes, and the same signed anew, so that what comes behind the signature is reached too.</summary>
internal sealed class StunTarget : FuzzTarget
{
    private const string Fragment = "evtj";
    private const string Password = "VOkJxbRl1RmTxUk/WvJxBt"; // RFC 5769 §2.1
    private static readonly byte[] Key = Encoding.ASCII.GetBytes(Password);
    private static readonly TransportAddress Source = TransportAddress.FromIPv4(0xC000_0201, 9);

    public override string Name => "stun";

    public override int LongestInput => 2_500;

    public override long MostBytesAnInput => 20_000;

    public override IReadOnlyList<byte[]> Words { get; } =
        [Hex("0006"), Hex("0008"), Hex("00080014"), Hex("80280004"), Hex("802A0008"), Hex("80290008"), Hex("00250000"), Hex("00240004"), Hex("0020"), Hex("000A0002"), Hex("00190004"), Hex("2112A442"), Hex("0101"), Hex("0111"), Encoding.ASCII.GetBytes($"{Fragment}:")];

    public override void Run(byte[] input)
    {
        Read(input, mayBeAnswered: IsSigned(input));
        Read(Signed(input), mayBeAnswered: true);
    }

    private static void Read(byte[] input, bool mayBeAnswered)
    {
        if (StunMessage.TryParse(input, out var message) != StunParseError.None) return;
        _ = (message.Method, message.Class, message.Priority, message.IceControlling, message.IceControlled, message.ErrorCode, message.MappedAddress);
        _ = message.ErrorReason.Length + message.Software.Length + message.Username.Length;
        Span<ushort> unknown = stackalloc ushort[4];
        Require(message.CopyUnknownRequired(unknown) <= unknown.Length, "More unknown attributes than asked for.");
        Require(!new IceReturnCheck().IsAnsweredBy(message, Key), "An answer to a random transaction.");

        Span<byte> response = stackalloc byte[IceLiteAgent.MaxResponseLength];
        var agent = new IceLiteAgent(new IceCredentials(Fragment, Password));
        var result = agent.OnBindingRequest(message, Source, TimeSpan.Zero, response, out var length);
        Require(result == IceLiteResult.Ignored || mayBeAnswered, $"{result} without a signature.");
        Require(result != IceLiteResult.Ignored || (length == 0 && !agent.IsValidated(Source)), "What is ignored changed something.");
        if (length == 0) return;
        Require(StunMessage.TryParse(response[..length], out var answer) == StunParseError.None && answer.HasValidIntegrity(Key), "The answer can't be read.");
    }

    /// <summary>Looks for a right MESSAGE-INTEGRITY anywhere, without the parser.</summary>
    private static bool IsSigned(byte[] input)
    {
        Span<byte> signature = stackalloc byte[20];
        for (var at = 20; at + 24 <= input.Length; at++)
        {
            if (input[at] != 0 || input[at + 1] != 8) continue;
            Sign(input.AsSpan(0, at), signature);
            if (signature.SequenceEqual(input.AsSpan(at + 4, 20))) return true;
        }

        return false;
    }

    private static byte[] Signed(byte[] input)
    {
        if (input.Length < 20 + 32) return input;
        var body = input.AsSpan(0, Math.Min(input.Length - 32, 1_400) & ~3);
        byte[] message = [.. body, 0, 8, 0, 20, .. new byte[20]];
        Sign(body, message.AsSpan(^20..));
        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(2), (ushort)(message.Length - 20));
        return message;
    }

    private static void Sign(ReadOnlySpan<byte> body, Span<byte> signature)
    {
        Span<byte> patched = stackalloc byte[body.Length];
        body.CopyTo(patched);
        BinaryPrimitives.WriteUInt16BigEndian(patched[2..], (ushort)(body.Length - 20 + 24));
#pragma warning disable CA5350 // ICE fixes HMAC-SHA1 (RFC 8445 §7.2.2)
        HMACSHA1.HashData(Key, patched, signature);
#pragma warning restore CA5350
    }
}
