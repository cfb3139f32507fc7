using System.Runtime.InteropServices;

namespace AV1Relay.Codecs.Native;

/// <summary>The functions of libopus that we call.</summary>
/// <remarks><c>opus_encoder_ctl</c> is variadic in C; on Linux x86-64 and arm64 an integer argument travels the same way as a named one.</remarks>
internal static unsafe partial class Opus
{
    public const string Library = "opus";

    public const int ApplicationVoip = 2048;
    public const int SetBitrate = 4002;
    public const int SetComplexity = 4010;
    public const int SetInbandFec = 4012;
    public const int SetPacketLossPercent = 4014;
    public const int SetDtx = 4016;
    public const int SetSignal = 4024;
    public const int SignalVoice = 3001;

    static Opus() => NativeLibraries.Install();

    [LibraryImport(Library)]
    public static partial nint opus_encoder_create(int sampleRate, int channels, int application, out int error);

    [LibraryImport(Library)]
    public static partial void opus_encoder_destroy(nint encoder);

    [LibraryImport(Library)]
    public static partial int opus_encoder_ctl(nint encoder, int request, int value);

    [LibraryImport(Library)]
    public static partial int opus_encode(nint encoder, short* pcm, int samplesPerChannel, byte* packet, int capacity);

    [LibraryImport(Library)]
    public static partial nint opus_decoder_create(int sampleRate, int channels, out int error);

    [LibraryImport(Library)]
    public static partial void opus_decoder_destroy(nint decoder);

    [LibraryImport(Library)]
    public static partial int opus_decode(nint decoder, byte* packet, int length, short* pcm, int samplesPerChannel, int decodeFec);

    [LibraryImport(Library)]
    public static partial nint opus_get_version_string();

    [LibraryImport(Library)]
    public static partial nint opus_strerror(int error);

    /// <exception cref="CodecException">The result is an error code.</exception>
    public static int Check(int result, string what)
        => result >= 0 ? result : throw new CodecException($"{what}: {Marshal.PtrToStringUTF8(opus_strerror(result))}.");
}
