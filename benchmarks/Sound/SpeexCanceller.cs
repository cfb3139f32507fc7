using AV1Relay.Hardware.Audio;
using AV1Relay.Hardware.Audio.Echo;

namespace AV1Relay.Benchmarks.Sound;

/// <summary>The yardstick: libspeexdsp's canceller over 200 ms with its preprocessor attached (residual echo and noise, no gain).</summary>
internal sealed unsafe class SpeexCanceller : IEchoCanceller, IDisposable
{
    private const int Frame = PcmFormat.FrameSamples;
    private readonly nint _echo;
    private readonly nint _preprocessor;

    /// <exception cref="DllNotFoundException">libspeexdsp is not installed.</exception>
    public SpeexCanceller()
    {
        var (rate, on) = (PcmFormat.SampleRate, 1);
        _echo = SpeexDsp.speex_echo_state_init(Frame, PcmFormat.SampleRate / 5);
        _ = SpeexDsp.speex_echo_ctl(_echo, SpeexDsp.EchoSetSamplingRate, &rate);
        _preprocessor = SpeexDsp.speex_preprocess_state_init(Frame, rate);
        _ = SpeexDsp.speex_preprocess_ctl(_preprocessor, SpeexDsp.SetDenoise, &on);
        _ = SpeexDsp.speex_preprocess_ctl(_preprocessor, SpeexDsp.SetEchoState, (void*)_echo);
    }

    /// <summary>Of its preprocessor, which overlaps frames.</summary>
    public double DelayMs => PcmFormat.FrameMilliseconds;

    public double EchoDbfs => PcmLevel.SilenceDbfs; // it does not tell

    public double Shift => 0; // nor that

    public void Process(ReadOnlySpan<short> heard, ReadOnlySpan<short> played, Span<short> clean)
    {
        fixed (short* microphone = heard)
        fixed (short* speaker = played)
        fixed (short* result = clean)
        {
            SpeexDsp.speex_echo_cancellation(_echo, microphone, speaker, result);
            _ = SpeexDsp.speex_preprocess_run(_preprocessor, result);
        }
    }

    public void Dispose()
    {
        SpeexDsp.speex_preprocess_state_destroy(_preprocessor);
        SpeexDsp.speex_echo_state_destroy(_echo);
    }
}
