using AV1Relay.Hardware;
using AV1Relay.Hardware.Audio;
using AV1Relay.Hardware.Camera;
using AV1Relay.Protos.V1;
using AV1Relay.RobotAgent.Media;

namespace AV1Relay.RobotAgent.Running;

/// <summary>Stands between the media engine and the devices: opens none that may not be open, and tells the safety core what is.</summary>
/// <remarks>The engine is ordered to close; this makes sure of it. A device that may not be open any more gives nothing from that
/// instant on, whoever still reads from it.</remarks>
internal sealed class GuardedDevices(IMediaDevices devices, RobotControl control) : IMediaDevices
{
    private const short WhisperDivisor = 4; // −12 dB: for the neighbour, not for the class

    public async ValueTask<IVideoSource> OpenCameraAsync(CancellationToken cancellationToken)
    {
        control.OnDeviceOpening(Device.Camera);
        try
        {
            return new Camera(await devices.OpenCameraAsync(cancellationToken), control);
        }
        catch (Exception problem)
        {
            control.OnDeviceNotOpened(Device.Camera, (problem as HardwareException)?.Message);
            throw;
        }
    }

    public async ValueTask<IMicrophone> OpenMicrophoneAsync(CancellationToken cancellationToken)
    {
        control.OnDeviceOpening(Device.Microphone);
        try
        {
            return new Microphone(await devices.OpenMicrophoneAsync(cancellationToken), control);
        }
        catch (Exception problem)
        {
            control.OnDeviceNotOpened(Device.Microphone, (problem as HardwareException)?.Message);
            throw;
        }
    }

    public async ValueTask<ISpeaker> OpenSpeakerAsync(CancellationToken cancellationToken)
    {
        var speaker = await devices.OpenSpeakerAsync(cancellationToken);
        return speaker is ISpeakerMeter ? new MeteredSpeaker(speaker, control) : new Speaker(speaker, control);
    }

    private sealed class Camera(IVideoSource source, RobotControl control) : IVideoSource
    {
        private bool _hasDelivered;
        private string? _problem;

        public VideoFormat Format => source.Format;

        public async ValueTask<bool> ReadAsync(VideoFrame into, CancellationToken cancellationToken)
        {
            try
            {
                if (!control.MayCapture(Device.Camera) || !await source.ReadAsync(into, cancellationToken)) return false;
            }
            catch (HardwareException problem)
            {
                _problem = problem.Message; // told once it is closed: until then the lights must not go out
                throw;
            }

            if (!control.MayCapture(Device.Camera)) return false; // closed while the shutter was open
            if (!_hasDelivered) control.OnDeviceDelivering(Device.Camera);
            _hasDelivered = true;
            return true;
        }

        public async ValueTask DisposeAsync()
        {
            await source.DisposeAsync();
            if (_problem is null) control.OnDeviceClosed(Device.Camera);
            else control.OnDeviceFailed(Device.Camera, _problem);
        }
    }

    private sealed class Microphone(IMicrophone source, RobotControl control) : IMicrophone
    {
        private bool _hasDelivered;
        private string? _problem;

        public TimeSpan Delay => source.Delay;

        public async ValueTask<bool> ReadAsync(Memory<short> frame, CancellationToken cancellationToken)
        {
            try
            {
                if (!control.MayCapture(Device.Microphone) || !await source.ReadAsync(frame, cancellationToken)) return false;
            }
            catch (HardwareException problem)
            {
                _problem = problem.Message; // told once it is closed: until then the lights must not go out
                throw;
            }

            if (!control.MayCapture(Device.Microphone)) return false;
            if (!_hasDelivered) control.OnDeviceDelivering(Device.Microphone);
            _hasDelivered = true;
            return true;
        }

        public async ValueTask DisposeAsync()
        {
            await source.DisposeAsync();
            if (_problem is null) control.OnDeviceClosed(Device.Microphone);
            else control.OnDeviceFailed(Device.Microphone, _problem);
        }
    }

    /// <summary>Lets the pupil's voice through as it was allowed, and silence otherwise.</summary>
    private class Speaker(ISpeaker speaker, RobotControl control) : ISpeaker
    {
        private short[] _softened = [];

        public string Kind => speaker.Kind;

        public double BufferedMs => speaker.BufferedMs;

        public ValueTask WriteAsync(ReadOnlyMemory<short> samples, CancellationToken cancellationToken)
        {
            var voice = control.Decision.Voice;
            return voice == MicrophoneMode.Speak
                ? speaker.WriteAsync(samples, cancellationToken)
                : speaker.WriteAsync(Soften(samples.Span, voice == MicrophoneMode.Whisper ? WhisperDivisor : short.MaxValue), cancellationToken);
        }

        public ValueTask DisposeAsync() => speaker.DisposeAsync();

        private ReadOnlyMemory<short> Soften(ReadOnlySpan<short> samples, short divisor)
        {
            if (_softened.Length < samples.Length) _softened = new short[samples.Length];
            for (var i = 0; i < samples.Length; i++) _softened[i] = (short)(samples[i] / divisor);
            return _softened.AsMemory(0, samples.Length);
        }
    }

    private sealed class MeteredSpeaker(ISpeaker speaker, RobotControl control) : Speaker(speaker, control), ISpeakerMeter
    {
        private readonly ISpeakerMeter _meter = (ISpeakerMeter)speaker;

        public SpeakerReading Read() => _meter.Read();
    }
}

/// <summary>What captures.</summary>
internal enum Device
{
    Camera,
    Microphone,
}
