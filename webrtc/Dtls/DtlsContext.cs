using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace AV1Relay.WebRtc.Dtls;

/// <summary>A process's DTLS identity: a fresh self-signed certificate, and how OpenSSL is to speak with it.</summary>
/// <remarks>
/// Shared by all sessions, from any thread. Nobody validates the certificate's name or dates: its fingerprint travels in SDP, over an
/// authenticated channel (RFC 5763 §5). Sessions keep what they need alive, so a context may be disposed before them.
/// </remarks>
public sealed unsafe class DtlsContext : IDisposable
{
    // The server picks: AEAD first (RFC 7714), else the profile that every WebRTC endpoint has (RFC 8827 §6.5).
    private const string AllSrtpProfiles = "SRTP_AEAD_AES_128_GCM:SRTP_AES128_CM_SHA1_80";
    private const string CipherSuites = "ECDHE-ECDSA-AES128-GCM-SHA256";
    private const string Groups = "X25519:P-256";
    private const int LongestCertificateList = 16 * 1024;

    private DtlsContext(SslContextHandle handle, Fingerprint fingerprint)
    {
        Handle = handle;
        Fingerprint = fingerprint;
    }

    /// <summary>SHA-256 of this process's certificate, for <c>a=fingerprint</c>.</summary>
    public Fingerprint Fingerprint { get; }

    internal SslContextHandle Handle { get; }

    /// <summary>Makes a key pair (ECDSA P-256) and a certificate, valid for a year from yesterday.</summary>
    /// <exception cref="CryptographicException">OpenSSL refused; the message carries its words.</exception>
    /// <exception cref="DllNotFoundException">OpenSSL 3 is not installed (Debian: libssl3).</exception>
    public static DtlsContext Create(TimeProvider? time = null) => Create(time, AllSrtpProfiles);

    /// <summary>For tests: a peer that knows fewer profiles (null: none), lacks a certificate, or sets further OpenSSL options.</summary>
    internal static DtlsContext Create(TimeProvider? time, string? srtpProfiles, ulong furtherOptions = 0, bool hasCertificate = true)
    {
        var today = (time ?? TimeProvider.System).GetUtcNow();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={RandomNumberGenerator.GetHexString(16)}", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(today.AddDays(-1), today.AddDays(365));
        var der = certificate.RawData;
        var privateKey = key.ExportECPrivateKey();

        LibSsl.ClearErrors();
        var handle = new SslContextHandle(LibSsl.ContextNew(LibSsl.DtlsMethod()));
        try
        {
            Check(!handle.IsInvalid, "make a DTLS context");
            if (hasCertificate) SetIdentity(handle, der, privateKey);
            Configure(handle, srtpProfiles, furtherOptions);
            return new DtlsContext(handle, Fingerprint.OfCertificate(der));
        }
        catch
        {
            handle.Dispose();
            throw;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(privateKey);
        }
    }

    public void Dispose() => Handle.Dispose();

    private static void SetIdentity(SslContextHandle handle, byte[] certificate, byte[] privateKey)
    {
        fixed (byte* der = certificate, key = privateKey)
        {
            Check(LibSsl.ContextUseCertificate(handle, certificate.Length, der) == 1, "take the certificate");
            Check(LibSsl.ContextUsePrivateKey(LibSsl.KeyTypeEc, handle, key, privateKey.Length) == 1, "take the private key");
        }

        Check(LibSsl.ContextCheckPrivateKey(handle) == 1, "match the private key with the certificate");
    }

    private static void Configure(SslContextHandle handle, string? srtpProfiles, ulong furtherOptions)
    {
        Check(LibSsl.ContextControl(handle, LibSsl.ControlMinVersion, LibSsl.VersionDtls12, null) == 1, "ask for DTLS 1.2");
        Check(LibSsl.ContextControl(handle, LibSsl.ControlMaxVersion, LibSsl.VersionDtls12, null) == 1, "stay at DTLS 1.2");
        Check(LibSsl.ContextSetCipherList(handle, CipherSuites) == 1, "set the cipher suites");
        Check(srtpProfiles is null || LibSsl.ContextSetSrtpProfiles(handle, srtpProfiles) == 0, "set the SRTP profiles");
        var groups = Marshal.StringToCoTaskMemUTF8(Groups);
        try
        {
            Check(LibSsl.ContextControl(handle, LibSsl.ControlGroupsList, 0, (void*)groups) == 1, "set the key exchange groups");
        }
        finally
        {
            Marshal.FreeCoTaskMem(groups);
        }

        LibSsl.ContextControl(handle, LibSsl.ControlMaxCertificateList, LongestCertificateList, null);
        LibSsl.ContextControl(handle, LibSsl.ControlSessionCacheMode, 0, null);
        LibSsl.ContextControl(handle, LibSsl.ControlMode, LibSsl.ModeReleaseBuffers, null);
        LibSsl.ContextSetOptions(
            handle,
            LibSsl.OptionNoQueryMtu | LibSsl.OptionNoTicket | LibSsl.OptionNoCompression
            | LibSsl.OptionServerPreference | LibSsl.OptionNoRenegotiation | furtherOptions);

        // Both ends must show a certificate and prove that they hold its key; whose it is, the fingerprint decides afterwards.
        // Skipping the chain keeps a stranger's certificate away from X.509 path building.
        LibSsl.ContextSetVerify(handle, LibSsl.VerifyPeer | LibSsl.VerifyFailWithoutCertificate, 0);
        LibSsl.ContextSetCertificateVerifyCallback(handle, &LeaveItToTheFingerprint, 0);
    }

    private static void Check(bool succeeded, string what)
    {
        if (!succeeded) throw new CryptographicException($"OpenSSL could not {what}: {LibSsl.TakeErrorText()}.");
    }

    [UnmanagedCallersOnly]
    private static int LeaveItToTheFingerprint(nint store, nint argument) => 1;
}
