using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AV1Relay.Protos;
using AV1Relay.Protos.V1;
using AV1Relay.RobotAgent.Enrolment;
using AV1Relay.RobotAgent.State;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace AV1Relay.Tests.Integration.Robot;

/// <summary>Somebody in the middle of the first connection, who terminates TLS and changes what the relay says.</summary>
public sealed class EnrollerTests : IAsyncLifetime
{
    private static readonly EnrolmentCode Code = EnrolmentCode.Generate();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("av1relay-enroller");
    private readonly ManInTheMiddle _middle = new();
    private WebApplication _app = null!; // set by InitializeAsync
    private Uri _address = null!; // likewise

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            listen.Protocols = HttpProtocols.Http1AndHttp2;
            listen.UseHttps(SelfSigned());
        }));
        builder.Services.AddGrpc();
        builder.Services.AddSingleton(_middle);
        _app = builder.Build();
        _app.MapGrpcService<ManInTheMiddle>();
        _app.MapGet("/.well-known/av1relay", (HttpRequest request) => TypedResults.Ok(new { version = "0", robotUrl = $"https://{request.Host}" }));
        await _app.StartAsync();
        _address = new Uri(_app.Urls.Single());
    }

    [Fact]
    public async Task The_relays_own_answer_is_taken()
    {
        var state = StateFolder.Open(_folder.FullName);

        Assert.Equal("robot-9", await EnrolAsync(state));

        Assert.True(state.IsEnrolled);
        Assert.Equal("robot-9", state.LoadIdentity().Name);
    }

    [Fact]
    public async Task An_answer_by_somebody_who_does_not_know_the_code_is_refused_and_nothing_is_kept()
    {
        _middle.Change = reply => reply.AuthorityCertificate = ByteString.CopyFrom(SelfSigned().RawData);
        var state = StateFolder.Open(_folder.FullName);

        var problem = await Assert.ThrowsAsync<EnrolmentException>(() => EnrolAsync(state));

        Assert.Contains("somebody may be in between", problem.Message, StringComparison.Ordinal);
        Assert.Empty(_folder.GetFiles());
    }

    [Fact]
    public async Task A_certificate_for_another_key_is_refused_and_nothing_is_kept()
    {
        _middle.AnotherKey = true;
        var state = StateFolder.Open(_folder.FullName);

        Assert.Contains("not for this robot's key", (await Assert.ThrowsAsync<EnrolmentException>(() => EnrolAsync(state))).Message, StringComparison.Ordinal);

        Assert.Empty(_folder.GetFiles());
    }

    [Fact]
    public async Task What_is_no_relay_is_told_in_words()
    {
        var problem = await Assert.ThrowsAsync<EnrolmentException>(
            () => Enroller.EnrolAsync(new Uri("http://127.0.0.1:9"), Code, StateFolder.Open(_folder.FullName), "test", TimeProvider.System, TestContext.Current.CancellationToken));

        Assert.Contains("does not answer", problem.Message, StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private Task<string> EnrolAsync(StateFolder state) =>
        Enroller.EnrolAsync(_address, Code, state, "test", TimeProvider.System, TestContext.Current.CancellationToken);

    private static X509Certificate2 SelfSigned()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new CertificateRequest("CN=robot-9", key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(90));
    }

    /// <summary>The relay, whose answer may be changed on the way.</summary>
    internal sealed class ManInTheMiddle : Enrolment.EnrolmentBase
    {
        public Action<EnrolReply> Change { get; set; } = _ => { };

        public bool AnotherKey { get; set; }

        public override Task<EnrolReply> Enrol(EnrolRequest request, ServerCallContext context)
        {
            Assert.True(EnrolmentAuthenticator.Verify(Code, request));
            using var authority = Authority();
            var signing = CertificateRequest.LoadSigningRequest(request.CertificateSigningRequest.ToByteArray(), HashAlgorithmName.SHA256);
            using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            var asked = AnotherKey
                ? new CertificateRequest("CN=robot-9", other, HashAlgorithmName.SHA256)
                : new CertificateRequest(new X500DistinguishedName("CN=robot-9"), signing.PublicKey, HashAlgorithmName.SHA256);
            using var certificate = asked.Create(
                authority.SubjectName, X509SignatureGenerator.CreateForECDsa(authority.GetECDsaPrivateKey()!), // made with one
                authority.NotBefore, authority.NotAfter, [1]);
            var reply = new EnrolReply
            {
                RobotName = "robot-9",
                Certificate = ByteString.CopyFrom(certificate.RawData),
                AuthorityCertificate = ByteString.CopyFrom(authority.RawData),
                DomainPublicKey = ByteString.CopyFrom(authority.PublicKey.ExportSubjectPublicKeyInfo()),
            };
            reply.Authenticator = ByteString.CopyFrom(EnrolmentAuthenticator.ForReply(Code, request, reply));
            Change(reply);
            return Task.FromResult(reply);
        }

        private static X509Certificate2 Authority()
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            var request = new CertificateRequest("CN=authority", key, HashAlgorithmName.SHA256);
            request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
            return request.CreateSelfSigned(DateTimeOffset.UnixEpoch.AddYears(56), DateTimeOffset.UnixEpoch.AddYears(80));
        }
    }
}
