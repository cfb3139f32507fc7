using System.Runtime.InteropServices;

namespace AV1Relay.WebRtc.Srtp;

/// <summary>What SRTP needs of OpenSSL 3: ciphers and MACs that keep their key between packets.</summary>
internal static unsafe partial class LibCrypto
{
    public const int ControlGetTag = 0x10;
    public const int ControlSetTag = 0x11;

    private const string Crypto = "libcrypto.so.3";

    [LibraryImport(Crypto, EntryPoint = "EVP_aes_128_gcm")]
    public static partial nint Aes128Gcm();

    [LibraryImport(Crypto, EntryPoint = "EVP_aes_128_ctr")]
    public static partial nint Aes128Ctr();

    [LibraryImport(Crypto, EntryPoint = "EVP_CIPHER_CTX_new")]
    public static partial nint CipherContextNew();

    [LibraryImport(Crypto, EntryPoint = "EVP_CIPHER_CTX_free")]
    public static partial void CipherContextFree(nint context);

    [LibraryImport(Crypto, EntryPoint = "EVP_CIPHER_CTX_ctrl")]
    public static partial int CipherControl(nint context, int command, int number, byte* pointer);

    /// <summary><paramref name="encrypt"/>: 1, 0, or −1 to keep the direction. A null cipher and key keep what there is.</summary>
    [LibraryImport(Crypto, EntryPoint = "EVP_CipherInit_ex")]
    public static partial int CipherInit(nint context, nint cipher, nint engine, byte* key, byte* iv, int encrypt);

    /// <summary>With a null <paramref name="output"/>, an AEAD cipher takes the input as additional data.</summary>
    [LibraryImport(Crypto, EntryPoint = "EVP_CipherUpdate")]
    public static partial int CipherUpdate(nint context, byte* output, out int outputLength, byte* input, int inputLength);

    [LibraryImport(Crypto, EntryPoint = "EVP_CipherFinal_ex")]
    public static partial int CipherFinal(nint context, byte* output, out int outputLength);

    [LibraryImport(Crypto, EntryPoint = "EVP_MAC_fetch", StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint MacFetch(nint library, string algorithm, string? properties);

    [LibraryImport(Crypto, EntryPoint = "EVP_MAC_free")]
    public static partial void MacFree(nint mac);

    [LibraryImport(Crypto, EntryPoint = "EVP_MAC_CTX_new")]
    public static partial nint MacContextNew(nint mac);

    [LibraryImport(Crypto, EntryPoint = "EVP_MAC_CTX_free")]
    public static partial void MacContextFree(nint context);

    /// <summary>A null key keeps what there is.</summary>
    [LibraryImport(Crypto, EntryPoint = "EVP_MAC_init")]
    public static partial int MacInit(nint context, byte* key, nuint keyLength, MacParameter* parameters);

    [LibraryImport(Crypto, EntryPoint = "EVP_MAC_update")]
    public static partial int MacUpdate(nint context, byte* data, nuint length);

    [LibraryImport(Crypto, EntryPoint = "EVP_MAC_final")]
    public static partial int MacFinal(nint context, byte* output, out nuint outputLength, nuint outputSize);

    [LibraryImport(Crypto, EntryPoint = "ERR_clear_error")]
    public static partial void ClearErrors();

    /// <summary>OSSL_PARAM: one named parameter; a list of them ends with a null key.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct MacParameter
    {
        public const uint Utf8String = 4;

        public byte* Key;
        public uint DataType;
        public byte* Data;
        public nuint DataSize;
        public nuint ReturnSize;
    }
}
