using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace AV1Relay.WebRtc.Srtp;

/// <summary>AES-128-GCM under one kept key, in one direction; each packet brings only its nonce.</summary>
/// <remarks>Not thread-safe. A context made anew for each packet costs two and a half times as much.</remarks>
internal sealed unsafe class AesGcmContext : SafeHandle
{
    public const int NonceLength = 12; // bytes
    public const int TagLength = 16;

    private readonly int _encrypt;

    public AesGcmContext(ReadOnlySpan<byte> key, bool isForEncryption)
        : base(0, ownsHandle: true)
    {
        _encrypt = isForEncryption ? 1 : 0;
        SetHandle(LibCrypto.CipherContextNew());
        fixed (byte* keyBytes = key)
        {
            if (IsInvalid || LibCrypto.CipherInit(handle, LibCrypto.Aes128Gcm(), 0, keyBytes, null, _encrypt) != 1)
                throw new CryptographicException("OpenSSL could not key AES-128-GCM.");
        }
    }

    public override bool IsInvalid => handle == 0;

    /// <summary>Encrypts in place and writes the tag.</summary>
    public bool Seal(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> additional, Span<byte> data, Span<byte> tag)
    {
        if (IsClosed || nonce.Length != NonceLength || tag.Length != TagLength) return false;
        bool isSealed;
        fixed (byte* tagBytes = tag)
        {
            isSealed = Run(nonce, additional, data)
                && LibCrypto.CipherFinal(handle, tagBytes, out _) == 1
                && LibCrypto.CipherControl(handle, LibCrypto.ControlGetTag, TagLength, tagBytes) == 1;
        }

        GC.KeepAlive(this);
        return isSealed;
    }

    /// <summary>Decrypts in place. False when the tag does not fit; the data is then zeroed, so that nobody reads what nobody vouches for.</summary>
    public bool Open(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> additional, Span<byte> data, ReadOnlySpan<byte> tag)
    {
        if (IsClosed || nonce.Length != NonceLength || tag.Length != TagLength) return false;
        bool isAuthentic;
        fixed (byte* tagBytes = tag)
        {
            byte none;
            isAuthentic = Run(nonce, additional, data)
                && LibCrypto.CipherControl(handle, LibCrypto.ControlSetTag, TagLength, tagBytes) == 1
                && LibCrypto.CipherFinal(handle, &none, out _) == 1;
        }

        GC.KeepAlive(this);
        if (isAuthentic) return true;
        data.Clear();
        LibCrypto.ClearErrors();
        return false;
    }

    protected override bool ReleaseHandle()
    {
        LibCrypto.CipherContextFree(handle);
        return true;
    }

    private bool Run(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> additional, Span<byte> data)
    {
        fixed (byte* nonceBytes = nonce, additionalBytes = additional, dataBytes = data)
        {
            return LibCrypto.CipherInit(handle, 0, 0, null, nonceBytes, _encrypt) == 1
                && (additional.IsEmpty || LibCrypto.CipherUpdate(handle, null, out _, additionalBytes, additional.Length) == 1)
                && (data.IsEmpty || LibCrypto.CipherUpdate(handle, dataBytes, out _, dataBytes, data.Length) == 1);
        }
    }
}
