using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace AV1Relay.WebRtc.Srtp;

/// <summary>AES-128 in counter mode under one kept key (RFC 3711 §4.1.1). Not thread-safe.</summary>
internal sealed unsafe class AesCounterContext : SafeHandle
{
    public const int CounterLength = 16; // bytes

    public AesCounterContext(ReadOnlySpan<byte> key)
        : base(0, ownsHandle: true)
    {
        SetHandle(LibCrypto.CipherContextNew());
        fixed (byte* keyBytes = key)
        {
            if (IsInvalid || LibCrypto.CipherInit(handle, LibCrypto.Aes128Ctr(), 0, keyBytes, null, 1) != 1)
                throw new CryptographicException("OpenSSL could not key AES-128-CTR.");
        }
    }

    public override bool IsInvalid => handle == 0;

    /// <summary>Exclusive-ors the key stream that starts at a counter into the data; the same call undoes it.</summary>
    public bool Apply(ReadOnlySpan<byte> counter, Span<byte> data)
    {
        if (IsClosed || counter.Length != CounterLength) return false;
        if (data.IsEmpty) return true;
        bool isApplied;
        fixed (byte* counterBytes = counter, bytes = data)
        {
            isApplied = LibCrypto.CipherInit(handle, 0, 0, null, counterBytes, 1) == 1
                && LibCrypto.CipherUpdate(handle, bytes, out _, bytes, data.Length) == 1;
        }

        GC.KeepAlive(this);
        return isApplied;
    }

    protected override bool ReleaseHandle()
    {
        LibCrypto.CipherContextFree(handle);
        return true;
    }
}
