using System.Runtime.InteropServices;

namespace AV1Relay.Benchmarks.Sound;

/// <summary>The functions of libspeexdsp that the yardstick calls, and their requests (speex_echo.h and speex_preprocess.h of 1.2).</summary>
internal static unsafe partial class SpeexDsp
{
    public const int EchoSetSamplingRate = 24; // SPEEX_ECHO_SET_SAMPLING_RATE, int
    public const int SetDenoise = 0; // SPEEX_PREPROCESS_SET_DENOISE, int; without it the echo state below does nothing
    public const int SetEchoState = 24; // SPEEX_PREPROCESS_SET_ECHO_STATE, the echo state itself

    private const string Library = "libspeexdsp.so.1";

    [LibraryImport(Library)]
    public static partial nint speex_echo_state_init(int frameSamples, int tailSamples);

    [LibraryImport(Library)]
    public static partial int speex_echo_ctl(nint echo, int request, void* value);

    [LibraryImport(Library)]
    public static partial void speex_echo_cancellation(nint echo, short* heard, short* played, short* clean);

    [LibraryImport(Library)]
    public static partial void speex_echo_state_destroy(nint echo);

    [LibraryImport(Library)]
    public static partial nint speex_preprocess_state_init(int frameSamples, int sampleRate);

    [LibraryImport(Library)]
    public static partial int speex_preprocess_ctl(nint preprocessor, int request, void* value);

    [LibraryImport(Library)]
    public static partial int speex_preprocess_run(nint preprocessor, short* frame);

    [LibraryImport(Library)]
    public static partial void speex_preprocess_state_destroy(nint preprocessor);
}
