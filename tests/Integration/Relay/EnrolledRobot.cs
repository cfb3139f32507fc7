using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AV1Relay.Protos;
using AV1Relay.Protos.V1;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using Xunit;

namespace AV1Relay.Tests.Integration.Relay;

/// <summary>What a robot has after enrolment: its key and certificate, and the only authority that it trusts.</summary>
internal sealed class EnrolledRobot : IDisposable
{
    private readonly ECDsa _key;

    private EnrolledRobot(string name, ECDsa key, X509Certificate2 certificate, X509Certificate2 authority, byte[] domainPublicKey)
    {
        (Name, _key, Certificate, Authority, DomainPublicKey) = (name, key, certificate, authority, domainPublicKey);
    }

    public string Name { get; }

    /// <summary>With its private key.</summary>
    public X509Certificate2 Certificate { get; }

    public X509Certificate2 Authority { get; }

    /// <summary>DER; what grants are checked with.</summary>
    public byte[] DomainPublicKey { get; }

    public static async Task<EnrolledRobot> EnrolAsync(RunningRelay relay, string typedCode)
    {
        Assert.True(EnrolmentCode.TryParse(typedCode, out var code));
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = RequestFor(key, code);
        using var channel = ChannelTo(relay.Urls.RobotUrl, null, trusted: null);
        var reply = await new Enrolment.EnrolmentClient(channel).EnrolAsync(request);
        Assert.True(EnrolmentAuthenticator.Verify(code, request, reply));
        using var certificate = X509CertificateLoader.LoadCertificate(reply.Certificate.Span);
        return new EnrolledRobot(
            reply.RobotName, key, certificate.CopyWithPrivateKey(key), X509CertificateLoader.LoadCertificate(reply.AuthorityCertificate.Span),
            reply.DomainPublicKey.ToByteArray());
    }

    public static EnrolRequest RequestFor(ECDsa key, EnrolmentCode code)
    {
        var request = new EnrolRequest
        {
            CodeId = code.Id,
            CertificateSigningRequest = ByteString.CopyFrom(SigningRequest(key)),
            AgentVersion = "1.0.0-test",
        };
        request.Authenticator = ByteString.CopyFrom(EnrolmentAuthenticator.ForRequest(code, request));
        return request;
    }

    /// <summary>A connection to the robots' endpoint.</summary>
    /// <param name="url">The endpoint.</param>
    /// <param name="certificate">The client's; null for none.</param>
    /// <param name="trusted">The only authority whose servers are accepted; null accepts any, as before enrolment.</param>
    public static GrpcChannel ChannelTo(string url, X509Certificate2? certificate, X509Certificate2? trusted)
    {
        var handler = new SocketsHttpHandler
        {
            SslOptions = new SslClientAuthenticationOptions
            {
                ClientCertificates = certificate is null ? null : [certificate],
#pragma warning disable CA5359 // before enrolment a robot can't know the relay's certificate: the code authenticates what is said
                RemoteCertificateValidationCallback = trusted is null ? (_, _, _, _) => true : null,
#pragma warning restore CA5359
                CertificateChainPolicy = trusted is null ? null : PolicyFor(trusted),
            },
        };
        return GrpcChannel.ForAddress(url, new GrpcChannelOptions { HttpHandler = handler, DisposeHttpClient = true });
    }

    public GrpcChannel Connect(RunningRelay relay) => ChannelTo(relay.Urls.RobotUrl, Certificate, Authority);

    /// <summary>The same robot with a certificate that it has just renewed.</summary>
    public async Task<X509Certificate2> RenewAsync(RunningRelay relay)
    {
        using var channel = Connect(relay);
        var reply = await new Enrolment.EnrolmentClient(channel).RenewAsync(
            new RenewRequest { CertificateSigningRequest = ByteString.CopyFrom(SigningRequest(_key)) });
        using var certificate = X509CertificateLoader.LoadCertificate(reply.Certificate.Span);
        return certificate.CopyWithPrivateKey(_key);
    }

    public Task<LinkedRobot> LinkAsync(RunningRelay relay, bool acceptsAdHoc = true) =>
        LinkedRobot.StartAsync(Connect(relay), acceptsAdHoc);

    public void Dispose()
    {
        _key.Dispose();
        Certificate.Dispose();
        Authority.Dispose();
    }

    private static byte[] SigningRequest(ECDsa key) => new CertificateRequest("CN=robot", key, HashAlgorithmName.SHA256).CreateSigningRequest();

    private static X509ChainPolicy PolicyFor(X509Certificate2 authority)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.Add(authority);
        return policy;
    }
}

/// <summary>A robot's open link, as a test plays it.</summary>
internal sealed class LinkedRobot : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly GrpcChannel _channel;
    private readonly AsyncDuplexStreamingCall<RobotMessage, RelayMessage> _call;
    private readonly CancellationTokenSource _patience = new(Patience, TimeProvider.System);

    private LinkedRobot(GrpcChannel channel)
    {
        _channel = channel;
        _call = new RobotLink.RobotLinkClient(channel).Connect(cancellationToken: _patience.Token);
    }

    public RelayHello? Hello { get; private set; }

    public static async Task<LinkedRobot> StartAsync(GrpcChannel channel, bool acceptsAdHoc)
    {
        var robot = new LinkedRobot(channel);
        await robot.SayAsync(new RobotMessage
        {
            Hello = new RobotHello { AgentVersion = "1.0.0-test", AcceptsAdHocSessions = acceptsAdHoc, Simulated = true, VideoCodecs = { "H264", "VP8" } },
        });
        robot.Hello = (await robot.HearAsync(RelayMessage.WhatOneofCase.Hello)).Hello;
        return robot;
    }

    public static LinkedRobot StartSilently(GrpcChannel channel) => new(channel);

    public Task SayAsync(RobotMessage message) => _call.RequestStream.WriteAsync(message, _patience.Token);

    /// <summary>The next message of one kind; others before it are passed over.</summary>
    public async Task<RelayMessage> HearAsync(RelayMessage.WhatOneofCase kind)
    {
        while (await _call.ResponseStream.MoveNext(_patience.Token))
        {
            if (_call.ResponseStream.Current.WhatCase == kind)
                return _call.ResponseStream.Current;
        }

        throw new InvalidOperationException($"The link ended before a {kind} came.");
    }

    /// <summary>Every message until the link ends, and how it ended.</summary>
    public async Task<(IReadOnlyList<RelayMessage> Messages, Status Status)> HearToTheEndAsync()
    {
        var messages = new List<RelayMessage>();
        try
        {
            while (await _call.ResponseStream.MoveNext(_patience.Token))
                messages.Add(_call.ResponseStream.Current);
            return (messages, _call.GetStatus());
        }
        catch (RpcException ended)
        {
            return (messages, ended.Status);
        }
    }

    /// <summary>Says something and waits until the relay has taken it in: its answer to a ping comes after.</summary>
    public async Task SayAndSettleAsync(RobotMessage message)
    {
        await SayAsync(message);
        await SayAsync(new RobotMessage { Ping = new Ping { RobotNowMs = 1 } });
        await HearAsync(RelayMessage.WhatOneofCase.Pong);
    }

    public ValueTask DisposeAsync()
    {
        _call.Dispose();
        _channel.Dispose();
        _patience.Dispose();
        return ValueTask.CompletedTask;
    }
}
