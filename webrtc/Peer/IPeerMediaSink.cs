using AV1Relay.WebRtc.Rtcp;
using AV1Relay.WebRtc.Rtp;

namespace AV1Relay.WebRtc.Peer;

/// <summary>Where a peer delivers what it has received, authenticated and decrypted.</summary>
/// <remarks>Called inside <see cref="OfferingPeer.OnDatagram"/>, on its thread; the views are valid only during the call.</remarks>
public interface IPeerMediaSink
{
    void OnRtp(in RtpPacket packet, TimeSpan now);

    /// <param name="reader">At the first packet of the datagram. A value: reading it moves only this copy.</param>
    void OnRtcp(RtcpReader reader, TimeSpan now);
}
