using System.Runtime.InteropServices;

namespace AV1Relay.WebRtc.Dtls;

/// <summary>What DTLS needs of OpenSSL 3 (libssl and the BIO, ERR and X.509 parts of libcrypto).</summary>
internal static unsafe partial class LibSsl
{
    public const int ErrorSsl = 1;
    public const int ErrorWantRead = 2;
    public const int ErrorZeroReturn = 6;

    public const ulong OptionNoQueryMtu = 1UL << 12;
    public const ulong OptionNoTicket = 1UL << 14;
    public const ulong OptionNoCompression = 1UL << 17;
    public const ulong OptionServerPreference = 1UL << 22;
    public const ulong OptionNoRenegotiation = 1UL << 30;

    public const int ControlSetMtu = 17;
    public const int ControlMode = 33;
    public const int ControlSessionCacheMode = 44;
    public const int ControlMaxCertificateList = 51;
    public const int ControlGroupsList = 92;
    public const int ControlExtendedMasterSecret = 122;
    public const int ControlMinVersion = 123;
    public const int ControlMaxVersion = 124;

    public const int ModeReleaseBuffers = 0x10;
    public const int VersionDtls12 = 0xFEFD;
    public const int VerifyPeer = 0x01;
    public const int VerifyFailWithoutCertificate = 0x02;
    public const int KeyTypeEc = 408;

    private const string Ssl = "libssl.so.3";
    private const string Crypto = "libcrypto.so.3";

    [LibraryImport(Ssl, EntryPoint = "DTLS_method")]
    public static partial nint DtlsMethod();

    [LibraryImport(Ssl, EntryPoint = "SSL_CTX_new")]
    public static partial nint ContextNew(nint method);

    [LibraryImport(Ssl, EntryPoint = "SSL_CTX_free")]
    public static partial void ContextFree(nint context);

    [LibraryImport(Ssl, EntryPoint = "SSL_CTX_use_certificate_ASN1")]
    public static partial int ContextUseCertificate(SslContextHandle context, int length, byte* der);

    [LibraryImport(Ssl, EntryPoint = "SSL_CTX_use_PrivateKey_ASN1")]
    public static partial int ContextUsePrivateKey(int keyType, SslContextHandle context, byte* der, nint length);

    [LibraryImport(Ssl, EntryPoint = "SSL_CTX_check_private_key")]
    public static partial int ContextCheckPrivateKey(SslContextHandle context);

    [LibraryImport(Ssl, EntryPoint = "SSL_CTX_set_verify")]
    public static partial void ContextSetVerify(SslContextHandle context, int mode, nint callback);

    [LibraryImport(Ssl, EntryPoint = "SSL_CTX_set_cert_verify_callback")]
    public static partial void ContextSetCertificateVerifyCallback(
        SslContextHandle context, delegate* unmanaged<nint, nint, int> callback, nint argument);

    /// <summary>Returns 0 on success, unlike its neighbours.</summary>
    [LibraryImport(Ssl, EntryPoint = "SSL_CTX_set_tlsext_use_srtp", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int ContextSetSrtpProfiles(SslContextHandle context, string profiles);

    [LibraryImport(Ssl, EntryPoint = "SSL_CTX_set_cipher_list", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int ContextSetCipherList(SslContextHandle context, string ciphers);

    [LibraryImport(Ssl, EntryPoint = "SSL_CTX_set_options")]
    public static partial ulong ContextSetOptions(SslContextHandle context, ulong options);

    [LibraryImport(Ssl, EntryPoint = "SSL_CTX_ctrl")]
    public static partial nint ContextControl(SslContextHandle context, int command, nint number, void* pointer);

    [LibraryImport(Ssl, EntryPoint = "SSL_new")]
    public static partial nint SessionNew(SslContextHandle context);

    [LibraryImport(Ssl, EntryPoint = "SSL_free")]
    public static partial void SessionFree(nint session);

    /// <summary>The session owns both BIOs afterwards.</summary>
    [LibraryImport(Ssl, EntryPoint = "SSL_set_bio")]
    public static partial void SetBio(SslHandle session, nint read, nint write);

    /// <summary>Gives back what one record is read into and one written from, some 17 kB each; 0 when either is in use.</summary>
    [LibraryImport(Ssl, EntryPoint = "SSL_free_buffers")]
    public static partial int FreeBuffers(SslHandle session);

    [LibraryImport(Ssl, EntryPoint = "SSL_alloc_buffers")]
    public static partial int AllocateBuffers(SslHandle session);

    [LibraryImport(Ssl, EntryPoint = "SSL_set_accept_state")]
    public static partial void SetAcceptState(SslHandle session);

    [LibraryImport(Ssl, EntryPoint = "SSL_set_connect_state")]
    public static partial void SetConnectState(SslHandle session);

    [LibraryImport(Ssl, EntryPoint = "SSL_do_handshake")]
    public static partial int DoHandshake(SslHandle session);

    [LibraryImport(Ssl, EntryPoint = "SSL_read")]
    public static partial int Read(SslHandle session, byte* buffer, int length);

    [LibraryImport(Ssl, EntryPoint = "SSL_write")]
    public static partial int Write(SslHandle session, byte* buffer, int length);

    [LibraryImport(Ssl, EntryPoint = "SSL_shutdown")]
    public static partial int Shutdown(SslHandle session);

    [LibraryImport(Ssl, EntryPoint = "SSL_get_error")]
    public static partial int GetError(SslHandle session, int result);

    [LibraryImport(Ssl, EntryPoint = "SSL_ctrl")]
    public static partial nint Control(SslHandle session, int command, nint number, void* pointer);

    [LibraryImport(Ssl, EntryPoint = "DTLS_set_timer_cb")]
    public static partial void SetTimerCallback(SslHandle session, delegate* unmanaged<nint, uint, uint> callback);

    /// <summary>Borrowed: SRTP_PROTECTION_PROFILE { const char* name; unsigned long id; }.</summary>
    [LibraryImport(Ssl, EntryPoint = "SSL_get_selected_srtp_profile")]
    public static partial nint GetSelectedSrtpProfile(SslHandle session);

    /// <summary>Owned by the library; 0 before a handshake.</summary>
    [LibraryImport(Ssl, EntryPoint = "SSL_get_current_cipher")]
    public static partial nint CurrentCipher(SslHandle session);

    /// <summary>IANA's name, a static string.</summary>
    [LibraryImport(Ssl, EntryPoint = "SSL_CIPHER_standard_name")]
    public static partial nint CipherStandardName(nint cipher);

    [LibraryImport(Ssl, EntryPoint = "SSL_version")]
    public static partial int Version(SslHandle session);

    [LibraryImport(Ssl, EntryPoint = "SSL_export_keying_material", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int ExportKeyingMaterial(
        SslHandle session, byte* output, nuint outputLength, string label, nuint labelLength, byte* context, nuint contextLength, int useContext);

    /// <summary>The caller owns the reference.</summary>
    [LibraryImport(Ssl, EntryPoint = "SSL_get1_peer_certificate")]
    public static partial nint GetPeerCertificate(SslHandle session);

    [LibraryImport(Crypto, EntryPoint = "X509_free")]
    public static partial void CertificateFree(nint certificate);

    [LibraryImport(Crypto, EntryPoint = "i2d_X509")]
    public static partial int CertificateToDer(nint certificate, byte** output);

    [LibraryImport(Crypto, EntryPoint = "BIO_new")]
    public static partial nint BioNew(nint method);

    [LibraryImport(Crypto, EntryPoint = "BIO_s_mem")]
    public static partial nint BioMemoryMethod();

    [LibraryImport(Crypto, EntryPoint = "BIO_free")]
    public static partial void BioFree(nint bio);

    [LibraryImport(Crypto, EntryPoint = "BIO_read")]
    public static partial int BioRead(nint bio, byte* buffer, int length);

    [LibraryImport(Crypto, EntryPoint = "BIO_write")]
    public static partial int BioWrite(nint bio, byte* buffer, int length);

    [LibraryImport(Crypto, EntryPoint = "BIO_ctrl_pending")]
    public static partial nuint BioPending(nint bio);

    [LibraryImport(Crypto, EntryPoint = "ERR_clear_error")]
    public static partial void ClearErrors();

    [LibraryImport(Crypto, EntryPoint = "ERR_get_error")]
    private static partial ulong TakeError();

    [LibraryImport(Crypto, EntryPoint = "ERR_error_string_n")]
    private static partial void ErrorString(ulong error, byte* buffer, nuint length);

    /// <summary>The thread's oldest OpenSSL error in words; empties the queue, which would otherwise mislead the next call.</summary>
    public static string TakeErrorText()
    {
        var first = TakeError();
        ClearErrors();
        if (first == 0) return "no further detail from OpenSSL";

        const int Longest = 256;
        var text = stackalloc byte[Longest];
        ErrorString(first, text, Longest);
        return Marshal.PtrToStringUTF8((nint)text) ?? "";
    }
}

/// <summary>Owns one SSL_CTX.</summary>
internal sealed class SslContextHandle : SafeHandle
{
    public SslContextHandle(nint context)
        : base(0, ownsHandle: true) => SetHandle(context);

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        LibSsl.ContextFree(handle);
        return true;
    }
}

/// <summary>Owns one SSL, and through it two memory BIOs.</summary>
internal sealed class SslHandle : SafeHandle
{
    public SslHandle(nint session)
        : base(0, ownsHandle: true) => SetHandle(session);

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        LibSsl.SessionFree(handle);
        return true;
    }
}
