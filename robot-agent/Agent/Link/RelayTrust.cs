using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AV1Relay.RobotAgent.State;

namespace AV1Relay.RobotAgent.Link;

/// <summary>Whom the robot believes over TLS.</summary>
internal static class RelayTrust
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(2);

    /// <summary>For the link: the robot shows its certificate and believes the pinned authority alone.</summary>
    /// <param name="identity">The robot's.</param>
    /// <param name="knownTime">The latest time known to have passed.</param>
    /// <param name="time">The robot's wall clock, which may be wrong.</param>
    public static SocketsHttpHandler Link(RobotIdentity identity, DateTimeOffset knownTime, TimeProvider time) => new()
    {
        ConnectTimeout = ConnectTimeout,
        UseProxy = false,
        SslOptions = LinkOptions(identity, knownTime, time),
    };

    /// <summary>The same for a bare TLS connection.</summary>
    public static SslClientAuthenticationOptions LinkOptions(RobotIdentity identity, DateTimeOffset knownTime, TimeProvider time, string? host = null) => new()
    {
        TargetHost = host,
        ApplicationProtocols = [SslApplicationProtocol.Http2],
        ClientCertificates = [identity.Certificate],
        RemoteCertificateValidationCallback = (_, certificate, _, _) => IsPinned(certificate, identity.Authority, knownTime, time.GetUtcNow()),
    };

    /// <summary>For pages and WHIP: the pinned authority, or whatever this computer trusts (a relay behind a public certificate).</summary>
    public static SocketsHttpHandler Web(X509Certificate2 authority, DateTimeOffset knownTime, TimeProvider time) => new()
    {
        ConnectTimeout = ConnectTimeout,
        AllowAutoRedirect = false, // a bearer token goes where the grant said
        SslOptions = new()
        {
            RemoteCertificateValidationCallback = (_, certificate, _, errors) =>
                errors == SslPolicyErrors.None || IsPinned(certificate, authority, knownTime, time.GetUtcNow()),
        },
    };

    /// <summary>For enrolment only: the one-time code authenticates both ends, whatever the certificate (docs/decisions/0007-enrolment.md).</summary>
    public static SocketsHttpHandler NobodyYet() => new()
    {
        ConnectTimeout = ConnectTimeout * 2,
        AllowAutoRedirect = false,
#pragma warning disable CA5359 // nothing rests on this certificate: the code's secret authenticates request and reply, and nothing else is sent
        SslOptions = new() { RemoteCertificateValidationCallback = static (_, _, _, _) => true },
#pragma warning restore CA5359
    };

    /// <remarks>Names are not compared: the pinned authority certifies servers for its own relay only, and relays are reached by
    /// address, through NAT and under many names. Robots' certificates are for clients, so that no robot can pose as a relay.</remarks>
    internal static bool IsPinned(X509Certificate? presented, X509Certificate2 authority, DateTimeOffset knownTime, DateTimeOffset wallClock)
    {
        if (presented is null) return false;
        using var certificate = new X509Certificate2(presented);
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck; // the relay serves no lists; its certificates are short-lived
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(ServerAuthentication));
        chain.ChainPolicy.VerificationTime = wallClock.UtcDateTime;
        // A board without a battery wakes up years ago: then the clock can't judge a certificate's dates, and the relay tells the time.
        if (wallClock < knownTime) chain.ChainPolicy.VerificationFlags = X509VerificationFlags.IgnoreNotTimeValid;
        return chain.Build(certificate);
    }
}
