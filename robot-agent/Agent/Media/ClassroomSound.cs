using AV1Relay.Hardware.Audio;
using AV1Relay.Hardware.Audio.Echo;
using AV1Relay.Hardware.Camera;
using AV1Relay.Protos.V1;
using VoiceReach = AV1Relay.Hardware.Audio.VoiceReach;

namespace AV1Relay.RobotAgent.Media;

/// <summary>What belongs to microphone and speaker together: the volume, the echo that goes from one to the other, and whether the class hears the pupil.</summary>
/// <param name="devices">Cameras pass through.</param>
/// <param name="canceller">Makes one for each opening of a microphone that can hear the speaker, and of a speaker that it hears; null where none can.</param>
/// <param name="volume">To begin with.</param>
/// <param name="time">Aligns what is heard with what was played.</param>
internal sealed class ClassroomSound(IMediaDevices devices, Func<IEchoCanceller>? canceller, SpeakerVolume volume, TimeProvider time) : IMediaDevices
{
    private readonly Lock _gate = new();
    private readonly PlayedSound _played = new();
    private readonly Audibility _audibility = new();
    private readonly long _startedAt = time.GetTimestamp();
    private SpeakerVolume _volume = volume;
    private MicrophoneMode _voice;
    private int _speakers; // that were opened
    private bool _hears; // a microphone is open that hears the speaker
    private bool _isMute; // the speaker that is open is none

    /// <summary><see cref="Volume"/> or <see cref="Reach"/> has. Raised on the thread of a device's loop, or of whoever set the volume.</summary>
    public event Action? Changed;

    /// <summary>Heard from the next 20 ms on. Any thread.</summary>
    public SpeakerVolume Volume
    {
        get
        {
            lock (_gate) return _volume;
        }

        set
        {
            lock (_gate) _volume = value;
            Changed?.Invoke();
        }
    }

    /// <summary>How well the class hears the pupil. Any thread.</summary>
    public VoiceReach Reach
    {
        get
        {
            lock (_gate) return Found;
        }
    }

    /// <summary>How the pupil's voice is let through from now on: a whisper reaches less far than speech, and says nothing of it. Any thread.</summary>
    public void OnVoice(MicrophoneMode voice)
    {
        lock (_gate)
        {
            if (voice == _voice) return;
            _voice = voice;
            _audibility.Restart();
        }
    }

    public ValueTask<IVideoSource> OpenCameraAsync(CancellationToken cancellationToken) => devices.OpenCameraAsync(cancellationToken);

    public async ValueTask<IMicrophone> OpenMicrophoneAsync(CancellationToken cancellationToken)
    {
        var microphone = await devices.OpenMicrophoneAsync(cancellationToken);
        return canceller is null ? microphone : new CleanMicrophone(microphone, canceller, this);
    }

    public async ValueTask<ISpeaker> OpenSpeakerAsync(CancellationToken cancellationToken)
    {
        var speaker = await devices.OpenSpeakerAsync(cancellationToken);
        OnSpeakerOpened(speaker);
        return speaker is ISpeakerMeter ? new MeteredSpeaker(speaker, this) : new Speaker(speaker, this);
    }

    private TimeSpan Now => time.GetElapsedTime(_startedAt);

    private void SetHears(bool hears)
    {
        lock (_gate) _hears = hears;
    }

    private VoiceReach Found => _isMute ? VoiceReach.Lost : _audibility.Reach;

    private void OnPlayed(ReadOnlySpan<short> samples, double bufferedMs, TimeSpan now)
    {
        _played.OnWritten(samples, bufferedMs, now);
        Judge(static (sound, levels) =>
        {
            if (!sound._hears) sound._audibility.OnPlayed(levels.Played);
        }, new Levels(0, PcmLevel.Of(samples), 0));
    }

    private void OnHeard(in Levels levels) => Judge(static (sound, levels) => sound._audibility.OnFrame(levels.Heard, levels.Played, levels.Own), levels);

    private void OnSpeakerOpened(ISpeaker speaker)
    {
        Interlocked.Increment(ref _speakers);
        Judge(static (sound, isMute) => sound._isMute = isMute, speaker is NoSpeaker);
    }

    /// <summary>What was judged of it is over, and nothing is known of the next one.</summary>
    private void OnSpeakerClosed()
    {
        _played.Clear();
        Judge(
            static (sound, _) =>
            {
                sound._isMute = false;
                sound._audibility.Restart();
            },
            default(Levels));
    }

    private void Judge<T>(Action<ClassroomSound, T> judge, in T by)
    {
        bool hasChanged;
        lock (_gate)
        {
            var before = Found;
            judge(this, by);
            hasChanged = Found != before;
        }

        if (hasChanged) Changed?.Invoke();
    }

    /// <summary>Of one frame, dBFS.</summary>
    private readonly record struct Levels(double Heard, double Played, double Own);

    /// <summary>Made anew with each opening: nothing of what was heard before is kept.</summary>
    private sealed class CleanMicrophone : IMicrophone
    {
        private readonly IMicrophone _source;
        private readonly ClassroomSound _sound;
        private readonly Func<IEchoCanceller> _make;
        private IEchoCanceller _canceller;
        private int _speaker; // that it hears
        private readonly short[] _played = new short[PcmFormat.FrameSamples];

        public CleanMicrophone(IMicrophone source, Func<IEchoCanceller> make, ClassroomSound sound)
        {
            (_source, _make, _sound) = (source, make, sound);
            (_speaker, _canceller) = (Volatile.Read(ref sound._speakers), make());
            sound._played.Restart();
            sound.SetHears(true);
        }

        public TimeSpan Delay => _source.Delay + TimeSpan.FromMilliseconds(_canceller.DelayMs);

        public async ValueTask<bool> ReadAsync(Memory<short> frame, CancellationToken cancellationToken)
        {
            if (!await _source.ReadAsync(frame, cancellationToken)) return false;
            Clean(frame.Span);
            return true;
        }

        public ValueTask DisposeAsync()
        {
            _sound.SetHears(false);
            return _source.DisposeAsync();
        }

        private void Clean(Span<short> frame)
        {
            if (Volatile.Read(ref _sound._speakers) is var speaker && speaker != _speaker)
            {
                (_speaker, _canceller) = (speaker, _make()); // another speaker, perhaps, with another clock
            }

            _sound._played.Read(_played, _sound.Now - _source.Delay, _canceller.Shift);
            var heard = PcmLevel.Of(frame);
            _canceller.Process(frame, _played, frame);
            _sound.OnHeard(new(heard, PcmLevel.Of(_played), _canceller.EchoDbfs));
        }
    }

    private class Speaker(ISpeaker speaker, ClassroomSound sound) : ISpeaker
    {
        private short[] _scaled = [];

        public string Kind => speaker.Kind;

        public double BufferedMs => speaker.BufferedMs;

        public async ValueTask WriteAsync(ReadOnlyMemory<short> samples, CancellationToken cancellationToken)
        {
            if (_scaled.Length < samples.Length) _scaled = new short[samples.Length];
            var scaled = _scaled.AsMemory(0, samples.Length);
            sound.Volume.Apply(samples.Span, scaled.Span);
            await speaker.WriteAsync(scaled, cancellationToken);
            var now = sound.Now; // before the queue is asked: whoever is held up in between reads late, which the alignment forgives, and not early
            sound.OnPlayed(scaled.Span, speaker.BufferedMs, now);
        }

        public ValueTask DisposeAsync()
        {
            sound.OnSpeakerClosed();
            return speaker.DisposeAsync();
        }
    }

    private sealed class MeteredSpeaker(ISpeaker speaker, ClassroomSound sound) : Speaker(speaker, sound), ISpeakerMeter
    {
        private readonly ISpeakerMeter _meter = (ISpeakerMeter)speaker;

        public SpeakerReading Read() => _meter.Read();
    }
}
