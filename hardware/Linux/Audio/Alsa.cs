using System.Runtime.InteropServices;

namespace AV1Relay.Hardware.Linux.Audio;

/// <summary>The functions of libasound that we call.</summary>
internal static unsafe partial class Alsa
{
    public const int Playback = 0; // SND_PCM_STREAM_PLAYBACK
    public const int Capture = 1; // SND_PCM_STREAM_CAPTURE
    public const int NonBlocking = 1; // SND_PCM_NONBLOCK
    public const int FormatS16LittleEndian = 2; // SND_PCM_FORMAT_S16_LE
    public const int AccessInterleaved = 3; // SND_PCM_ACCESS_RW_INTERLEAVED
    public const int Again = -11; // -EAGAIN
    public const int NoEntry = -2; // -ENOENT
    public const int NoAccess = -13; // -EACCES
    public const int Busy = -16; // -EBUSY
    public const int NoDevice = -19; // -ENODEV

    private const string Library = "libasound.so.2";

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int snd_pcm_open(out nint pcm, string name, int stream, int mode);

    [LibraryImport(Library)]
    public static partial int snd_pcm_set_params(
        nint pcm, int format, int access, uint channels, uint rate, int allowResampling, uint latencyMicroseconds);

    [LibraryImport(Library)]
    public static partial nint snd_pcm_writei(nint pcm, short* samples, nuint frames);

    [LibraryImport(Library)]
    public static partial nint snd_pcm_readi(nint pcm, short* samples, nuint frames);

    [LibraryImport(Library)]
    public static partial int snd_pcm_start(nint pcm);

    [LibraryImport(Library)]
    public static partial int snd_pcm_delay(nint pcm, out nint frames);

    [LibraryImport(Library)]
    public static partial int snd_pcm_recover(nint pcm, int error, int isSilent);

    [LibraryImport(Library)]
    public static partial int snd_pcm_drop(nint pcm);

    [LibraryImport(Library)]
    public static partial int snd_pcm_close(nint pcm);

    [LibraryImport(Library)]
    public static partial nint snd_strerror(int error);

    [LibraryImport(Library)]
    public static partial int snd_lib_error_set_handler(nint handler);

    /// <summary>libasound prints every failure to standard error; ours are exceptions in words.</summary>
    /// <remarks>The handler is variadic in C. On Linux x86-64 and arm64 a function with the named arguments alone can stand in for it.</remarks>
    public static void Silence()
        => _ = snd_lib_error_set_handler((nint)(delegate* unmanaged<byte*, int, byte*, int, byte*, void>)&Ignore);

    public static string Describe(int error) => Marshal.PtrToStringUTF8(snd_strerror(error)) ?? $"error {error}";

    [UnmanagedCallersOnly]
    private static void Ignore(byte* file, int line, byte* function, int error, byte* format)
    {
    }
}
