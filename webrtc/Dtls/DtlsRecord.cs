using System.Buffers.Binary;

namespace AV1Relay.WebRtc.Dtls;

internal enum DtlsContentType : byte
{
    ChangeCipherSpec = 20,
    Alert = 21,
    Handshake = 22,
    ApplicationData = 23,
}

/// <summary>A view over one record: type, version, epoch and sequence number, length, body (RFC 6347 §4.1).</summary>
internal readonly ref struct DtlsRecord
{
    public const int HeaderLength = 13; // bytes

    private const byte VersionMajor = 0xFE; // DTLS 1.x counts downwards: FEFF is 1.0, FEFD is 1.2

    public const byte VersionMinor12 = 0xFD;

    private DtlsRecord(ReadOnlySpan<byte> bytes) => Bytes = bytes;

    /// <summary>Header and body.</summary>
    public ReadOnlySpan<byte> Bytes { get; }

    public ReadOnlySpan<byte> Body => Bytes[HeaderLength..];

    public DtlsContentType Type => (DtlsContentType)Bytes[0];

    /// <summary>A ClientHello may say FEFF, DTLS 1.0 (RFC 6347 §4.1); everything else says FEFD.</summary>
    public bool IsVersion12 => Bytes[2] == VersionMinor12;

    public ushort Epoch => BinaryPrimitives.ReadUInt16BigEndian(Bytes[3..]);

    /// <summary>Takes the record at the front of <paramref name="rest"/>. False, and an empty rest, when what is left is no record.</summary>
    public static bool TryTake(scoped ref ReadOnlySpan<byte> rest, out DtlsRecord record)
    {
        record = default;
        if (rest.Length >= HeaderLength && rest[1] == VersionMajor)
        {
            var length = HeaderLength + BinaryPrimitives.ReadUInt16BigEndian(rest[11..]);
            if (length <= rest.Length)
            {
                record = new DtlsRecord(rest[..length]);
                rest = rest[length..];
                return true;
            }
        }

        rest = default;
        return false;
    }
}
