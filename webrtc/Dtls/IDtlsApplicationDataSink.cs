namespace AV1Relay.WebRtc.Dtls;

/// <summary>Receives what the peer sent over DTLS itself, one record at a time: SCTP packets of data channels (RFC 8261).</summary>
public interface IDtlsApplicationDataSink
{
    /// <param name="data">Authenticated and decrypted; valid during the call only.</param>
    void OnApplicationData(ReadOnlySpan<byte> data);
}
