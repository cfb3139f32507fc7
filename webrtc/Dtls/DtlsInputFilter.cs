using System.Buffers.Binary;

namespace AV1Relay.WebRtc.Dtls;

/// <summary>Decides which records OpenSSL gets to see, so that a stranger's bytes cost little and end nothing.</summary>
/// <remarks>
/// OpenSSL reserves memory by the lengths that fragments declare and keeps records of the next epoch; both happen before anything is
/// authenticated. So lengths are summed up here first, and all fragments of a message must agree on its length.
/// A record that OpenSSL drops for what its header says is a hole in this: it then reads the body as further records. So none such may pass:
/// no length beyond a record's, no other version in a protected record, and <see cref="DtlsSession"/> writes the version of the others anew.
/// </remarks>
internal sealed class DtlsInputFilter(DtlsRole role, DtlsLimits limits)
{
    private const int HandshakeHeaderLength = 12;
    private const int MostMessages = 16; // a flight exchange of DTLS 1.2 has at most nine a side
    /// <summary>Explicit nonce and tag of AES-GCM (RFC 5288 §3), the only cipher here.</summary>
    /// <remarks>OpenSSL takes a shorter record for an error of its own, sends a fatal alert and ends the session, whoever sent it.</remarks>
    private const int ShortestProtectedRecord = 8 + 16;

    private const int LongestBody = 16 * 1024;
    private const int LongestEarlyRecord = 1024; // a Finished is about 60 bytes
    private const int MostRepeatedFinished = 10; // OpenSSL gives up the session after twelve

    private readonly int[] _messageLengths = CreateUnknownLengths();
    private int _declaredBytes;
    private int _inputBytes;
    private int _inputRecords;
    private int _earlyRecords;
    private int _repeatedFinished;

    /// <summary>The peer's latest unauthenticated alert (RFC 5246 §7.2): never acted on, but a hint when the handshake fails.</summary>
    public byte? AlertSeen { get; private set; }

    /// <summary>Records refused because a limit was reached, not because they were wrong.</summary>
    public long OverLimit { get; private set; }

    /// <summary>Whether a record may pass while the handshake goes on.</summary>
    public bool AdmitsDuringHandshake(in DtlsRecord record)
    {
        if (_inputRecords >= limits.MaxInputRecords || _inputBytes + record.Bytes.Length > limits.MaxInputBytes) return IsOverLimit();
        var isAdmitted = record.Epoch switch
        {
            0 => AdmitsPlaintext(record),
            1 => AdmitsEarly(record),
            _ => false,
        };
        if (!isAdmitted) return false; // costs nothing, so it uses nothing up
        _inputRecords++;
        _inputBytes += record.Bytes.Length;
        return true;
    }

    /// <summary>Whether a record may pass once connected: only what OpenSSL will authenticate.</summary>
    public bool AdmitsOnceConnected(in DtlsRecord record) => record.Epoch == 1 && IsProtected(record) && record.Type switch
    {
        DtlsContentType.Alert or DtlsContentType.ApplicationData => true,

        // A client repeats its Finished until it has the server's; the server's needs no answer, nor does any other message.
        DtlsContentType.Handshake => role == DtlsRole.Server && _repeatedFinished < MostRepeatedFinished,
        _ => false,
    };

    /// <summary>To be told when OpenSSL answered a handshake record after connecting.</summary>
    public void CountRepeatedFinished() => _repeatedFinished++;

    private bool AdmitsPlaintext(in DtlsRecord record)
    {
        if (record.Body.Length > LongestBody) return IsOverLimit();
        switch (record.Type)
        {
            case DtlsContentType.Handshake:
                return AdmitsMessages(record.Body);
            case DtlsContentType.ChangeCipherSpec:
                return record.Body.Length == 1;
            case DtlsContentType.Alert:
                if (record.Body.Length == 2) AlertSeen = record.Body[1];
                return false;
            default:
                return false; // application data in the clear is nobody's
        }
    }

    private bool AdmitsEarly(in DtlsRecord record)
    {
        if (record.Type is not (DtlsContentType.Handshake or DtlsContentType.Alert) || !IsProtected(record)) return false;
        if (record.Body.Length > LongestEarlyRecord || _earlyRecords >= limits.MaxEarlyRecords) return IsOverLimit();
        _earlyRecords++;
        return true;
    }

    /// <summary>Checks every fragment of a record (RFC 6347 §4.2.2): type, length, message_seq, fragment_offset, fragment_length.</summary>
    private bool AdmitsMessages(ReadOnlySpan<byte> body)
    {
        if (body.IsEmpty) return false;
        while (!body.IsEmpty)
        {
            if (body.Length < HandshakeHeaderLength) return false;
            var length = ReadUInt24(body[1..]);
            var sequence = BinaryPrimitives.ReadUInt16BigEndian(body[4..]);
            var fragmentOffset = ReadUInt24(body[6..]);
            var fragmentLength = ReadUInt24(body[9..]);
            if (fragmentLength > body.Length - HandshakeHeaderLength || fragmentOffset + fragmentLength > length) return false;
            if (!AgreesOnLength(sequence, length)) return false;
            body = body[(HandshakeHeaderLength + fragmentLength)..];
        }

        return true;
    }

    private bool AgreesOnLength(int sequence, int length)
    {
        if (sequence >= MostMessages || length > limits.MaxMessageBytes) return IsOverLimit();
        if (_messageLengths[sequence] >= 0) return _messageLengths[sequence] == length;
        if (_declaredBytes + length > limits.MaxReassemblyBytes) return IsOverLimit();
        _declaredBytes += length;
        _messageLengths[sequence] = length;
        return true;
    }

    private static bool IsProtected(in DtlsRecord record) => record.IsVersion12 && record.Body.Length is >= ShortestProtectedRecord and <= LongestBody;

    private bool IsOverLimit()
    {
        OverLimit++;
        return false;
    }

    private static int ReadUInt24(ReadOnlySpan<byte> bytes) => bytes[0] << 16 | bytes[1] << 8 | bytes[2];

    private static int[] CreateUnknownLengths()
    {
        var lengths = new int[MostMessages];
        Array.Fill(lengths, -1);
        return lengths;
    }
}
