using System.Net;
using System.Text;
using AV1Relay.WebRtc;
using AV1Relay.WebRtc.Dtls;
using AV1Relay.WebRtc.Ice;
using AV1Relay.WebRtc.Peer;
using AV1Relay.WebRtc.Sdp;
using AV1Relay.WebRtc.Sockets;

var startedAt = TimeProvider.System.GetTimestamp();
using var socket = DatagramSockets.Bind(new IPEndPoint(IPAddress.Loopback, 0));
using var dtls = DtlsContext.Create();
var here = TransportAddress.From(socket.LocalEndPoint);
var echo = new MediaEcho();
var video = new AnsweredMedia("video", MediaDirection.SendRecv, [OfferedCodecs.Vp8(), OfferedCodecs.H264()]);
var audio = new AnsweredMedia("audio", MediaDirection.SendRecv, [OfferedCodecs.Opus()]);
using var peer = new AnsweringPeer(dtls, [IceCandidate.Host(here)], [video, audio], echo);

using var http = new HttpListener { Prefixes = { args[0] } }; // for example http://127.0.0.1:8090/
http.Start();
Console.WriteLine($"POST an offer to {args[0]}");
var call = await http.GetContextAsync();
using var body = new StreamReader(call.Request.InputStream);
if (!peer.TryCreateAnswer(await body.ReadToEndAsync(), Now(), out var answer, out var error)) call.Response.StatusCode = 400;
call.Response.AddHeader("Access-Control-Allow-Origin", "*");
call.Response.Close(Encoding.UTF8.GetBytes(answer ?? error ?? ""), willBlock: true);

var (received, sent) = (new DatagramBatch(), new DatagramBatch(capacity: 256));
while (peer.State is PeerState.Connecting or PeerState.Connected)
{
    socket.Receive(received, TimeSpan.FromMilliseconds(20));
    for (var i = 0; i < received.Count; i++) peer.OnDatagram(received.Datagram(i), here, received.Remote(i), Now());
    if (peer.NextTimeout <= Now()) peer.OnTimeout(Now());
    while (peer.TryTakeDatagram(sent.NextBuffer, out var length, out _, out var there)
        || echo.TryTakeDatagram(peer, sent.NextBuffer, out length, out _, out there)) sent.Add(length, there);
    socket.Send(sent);
}

TimeSpan Now() => TimeProvider.System.GetElapsedTime(startedAt);
