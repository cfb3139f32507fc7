using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace AV1Relay.WebRtc.Srtp;

/// <summary>HMAC-SHA1 under one kept key (RFC 3711 §4.2.1). Not thread-safe.</summary>
internal sealed unsafe class HmacSha1Context : SafeHandle
{
    public const int Length = 20; // bytes, before truncation

    public HmacSha1Context(ReadOnlySpan<byte> key)
        : base(0, ownsHandle: true)
    {
        var mac = LibCrypto.MacFetch(0, "HMAC", null);
        if (mac != 0)
        {
            SetHandle(LibCrypto.MacContextNew(mac));
            LibCrypto.MacFree(mac); // the context holds a reference of its own
        }

        if (IsInvalid || !SetKey(key)) throw new CryptographicException("OpenSSL could not key HMAC-SHA1.");
    }

    public override bool IsInvalid => handle == 0;

    public bool Compute(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, Span<byte> mac)
    {
        if (IsClosed || mac.Length < Length) return false;
        bool isDone;
        fixed (byte* firstBytes = first, secondBytes = second, macBytes = mac)
        {
            isDone = LibCrypto.MacInit(handle, null, 0, null) == 1
                && LibCrypto.MacUpdate(handle, firstBytes, (nuint)first.Length) == 1
                && (second.IsEmpty || LibCrypto.MacUpdate(handle, secondBytes, (nuint)second.Length) == 1)
                && LibCrypto.MacFinal(handle, macBytes, out _, (nuint)mac.Length) == 1;
        }

        GC.KeepAlive(this);
        return isDone;
    }

    protected override bool ReleaseHandle()
    {
        LibCrypto.MacContextFree(handle);
        return true;
    }

    private bool SetKey(ReadOnlySpan<byte> key)
    {
        fixed (byte* keyBytes = key, name = "digest\0"u8, sha1 = "SHA1\0"u8)
        {
            var parameters = stackalloc LibCrypto.MacParameter[2];
            parameters[0] = new() { Key = name, DataType = LibCrypto.MacParameter.Utf8String, Data = sha1, DataSize = 4 };
            parameters[1] = default;
            return LibCrypto.MacInit(handle, keyBytes, (nuint)key.Length, parameters) == 1;
        }
    }
}
