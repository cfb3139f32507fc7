using AV1Relay.Tests.Unit.WebRtc.Ice;
using AV1Relay.WebRtc;
using AV1Relay.WebRtc.Dtls;
using AV1Relay.WebRtc.Ice;
using AV1Relay.WebRtc.Peer;
using AV1Relay.WebRtc.Sdp;
using AV1Relay.WebRtc.Srtp;
using AV1Relay.WebRtc.Stun;
using Xunit;

namespace AV1Relay.Tests.Unit.WebRtc.Peer;

/// <summary>The smallest peer that can answer: ICE-lite and a DTLS server, as a relay has them.</summary>
internal sealed class PassivePeer(DtlsContext dtls, TransportAddress address) : IVirtualHost, IDisposable
{
    private readonly Queue<(byte[] Datagram, TransportAddress Remote)> _out = new();
    private SecureTransport? _transport;

    public IceLiteAgent Ice { get; } = new(IceCredentials.Generate());

    public List<byte[]> Rtp { get; } = [];

    public List<byte[]> Rtcp { get; } = [];

    public bool IsAuthenticated => _transport is { IsAuthenticated: true };

    public TimeSpan? NextTimeout => _transport?.NextTimeout;

    /// <summary>Takes the first codec of each section, and its rtx.</summary>
    public string Answer(string offerText, TimeSpan now, Fingerprint? claimed = null)
    {
        Assert.True(SessionDescription.TryParse(offerText, out var offer, out var error), $"{error}");
        Assert.True(Fingerprint.TryParse(offer.FingerprintsOf(offer.Media[0])[0], out var theirs));
        _transport = new SecureTransport(new DtlsSession(dtls, DtlsRole.Server), DtlsRole.Server, theirs);
        _transport.Start(now);
        return new SessionDescription
        {
            IceLite = true,
            Groups = offer.Groups,
            Media = [.. offer.Media.Select(media =>
            {
                List<CodecDescription> codecs = [media.Codecs[0], .. media.Codecs.Where(codec => codec.AssociatedPayloadType == media.Codecs[0].PayloadType)];
                return new MediaDescription
                {
                    Kind = media.Kind,
                    Mid = media.Mid,
                    Formats = [.. codecs.Select(codec => $"{codec.PayloadType}")],
                    Codecs = codecs,
                    Direction = media.Direction switch
                    {
                        MediaDirection.SendOnly => MediaDirection.RecvOnly,
                        MediaDirection.RecvOnly => MediaDirection.SendOnly,
                        _ => media.Direction,
                    },
                    Extensions = media.Extensions,
                    RtcpMux = true,
                    RtcpRsize = true,
                    Setup = SdpSetup.Passive,
                    IceUfrag = Ice.Local.UsernameFragment,
                    IcePwd = Ice.Local.Password,
                    Fingerprints = [(claimed ?? dtls.Fingerprint).ToString()],
                    Candidates = [IceCandidate.Host(address)],
                    EndOfCandidates = true,
                };
            })],
        }.ToString();
    }

    public void OnTimeout(TimeSpan now) => _transport?.OnTimeout(now);

    public void OnDatagram(byte[] datagram, TransportAddress local, TransportAddress remote, TimeSpan now)
    {
        if (StunMessage.LooksLikeStun(datagram))
        {
            var response = new byte[IceLiteAgent.MaxResponseLength];
            if (StunMessage.TryParse(datagram, out var message) != StunParseError.None) return;
            Ice.OnBindingRequest(message, remote, now, response, out var length);
            if (length > 0) _out.Enqueue((response[..length], remote));
        }
        else if (_transport is not null && Ice.IsValidated(remote))
        {
            if (DtlsSession.LooksLikeDtls(datagram)) _transport.OnDtlsDatagram(datagram, now);
            else if (datagram[1] is >= 192 and <= 223 && _transport.UnprotectRtcp(datagram, datagram.Length, out var rtcp) == SrtpError.None)
                Rtcp.Add(datagram[..rtcp]);
            else if (datagram[1] is < 192 or > 223 && _transport.UnprotectRtp(datagram, datagram.Length, out var rtp) == SrtpError.None)
                Rtp.Add(datagram[..rtp]);
        }
    }

    public void SendRtp(byte[] packet)
    {
        var buffer = new byte[packet.Length + 64];
        packet.CopyTo(buffer, 0);
        var length = _transport!.ProtectRtp(buffer, packet.Length); // after Answer
        if (length > 0 && Ice.Selected is { } remote) _out.Enqueue((buffer[..length], remote));
    }

    public void SendRtcp(byte[] packet)
    {
        var buffer = new byte[packet.Length + 64];
        packet.CopyTo(buffer, 0);
        var length = _transport!.ProtectRtcp(buffer, packet.Length); // after Answer
        if (length > 0 && Ice.Selected is { } remote) _out.Enqueue((buffer[..length], remote));
    }

    public bool TryTakeDatagram(Span<byte> destination, out int length, out TransportAddress local, out TransportAddress remote)
    {
        (length, local, remote) = (0, address, default);
        if (_out.TryDequeue(out var waiting))
        {
            waiting.Datagram.CopyTo(destination);
            (length, remote) = (waiting.Datagram.Length, waiting.Remote);
            return true;
        }

        if (_transport is null || Ice.Selected is not { } selected || !_transport.TryTakeDatagram(destination, out length)) return false;
        remote = selected;
        return true;
    }

    public void Dispose() => _transport?.Dispose();
}
