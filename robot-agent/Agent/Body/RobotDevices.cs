using AV1Relay.Codecs;
using AV1Relay.Hardware;
using AV1Relay.Hardware.Audio;
using AV1Relay.Hardware.Audio.Echo;
using AV1Relay.Hardware.Camera;
using AV1Relay.Hardware.Linux.Audio;
using AV1Relay.Hardware.Linux.Camera;
using AV1Relay.Hardware.Linux.Discovery;
using AV1Relay.RobotAgent.Media;

namespace AV1Relay.RobotAgent.Body;

/// <summary>Opens what <c>--camera</c>, <c>--microphone</c> and <c>--speaker</c> name.</summary>
/// <param name="camera">The virtual classroom, what is plugged in, a device, or what FFmpeg opens.</param>
/// <param name="microphone">Likewise.</param>
/// <param name="speaker"><c>meter</c>, <c>none</c>, <c>auto</c> or an ALSA device.</param>
/// <param name="format">Of every picture.</param>
/// <param name="pose">Where the head looks: turns the virtual classroom, and zooms it.</param>
/// <param name="time">Paces what has no pace of its own.</param>
/// <param name="soundCards">Null: this machine's.</param>
internal sealed class RobotDevices(
    InputName camera, InputName microphone, string speaker, VideoFormat format, Func<ViewPose> pose, TimeProvider time, SoundCards? soundCards = null) : IMediaDevices
{
    public const string Meter = "meter";
    public const string None = "none";
    public const string Auto = "auto";

    private readonly Cameras _cameras = new();
    private readonly SoundCards _soundCards = soundCards ?? new();

    /// <summary>At least one device is whichever is plugged in.</summary>
    public bool ChoosesByItself => camera.IsAuto || microphone.IsAuto || speaker == Auto;

    /// <summary>By how many clocks microphone and speaker count, as far as their names tell.</summary>
    public Clocks Clocks
    {
        get
        {
            if (microphone.Source is not { } source || speaker is Meter or None) return Clocks.One;
            if (!microphone.IsAuto && !microphone.IsSoundCard) return Clocks.Two; // FFmpeg's
            var heard = microphone.IsAuto ? NameOf(_soundCards.ListMicrophones()) : source;
            var played = speaker == Auto ? NameOf(_soundCards.ListSpeakers()) : speaker;
            return SoundCards.AreTwo(heard, played) ? Clocks.Two : Clocks.One;
        }
    }

    /// <summary>All that could be chosen now.</summary>
    public IEnumerable<MediaDevice> List() => _cameras.List().Concat(_soundCards.ListMicrophones()).Concat(_soundCards.ListSpeakers());

    public async ValueTask<IVideoSource> OpenCameraAsync(CancellationToken cancellationToken)
    {
        if (camera.Source is not { } source) return new VirtualClassroom(format, pose, time);
        if (camera.IsCsi) return CsiCamera.Open(format, Zoom, time);
        var path = camera.IsAuto ? _cameras.First().Path : source;
        return path.StartsWith("/dev/", StringComparison.Ordinal)
            ? await OpenAsync(() => V4l2Camera.Open(path, format, Zoom, JpegPictures.OpenOrNull(), time))
            : await OpenAsync(() => FFmpegCamera.Open(path, format, Zoom, time));
    }

    public async ValueTask<IMicrophone> OpenMicrophoneAsync(CancellationToken cancellationToken)
    {
        if (microphone.Source is not { } source) return new VirtualClassroomSound(time, microphone.ToneHz);
        if (microphone.IsAuto) return await OpenAsync(() => AlsaMicrophone.Open(_soundCards.FirstMicrophone().Path, time));
        return microphone.IsSoundCard
            ? await OpenAsync(() => AlsaMicrophone.Open(source, time))
            : new FFmpegMicrophone(await OpenAsync(() => MediaInput.OpenAudio(source, time)));
    }

    public async ValueTask<ISpeaker> OpenSpeakerAsync(CancellationToken cancellationToken) => speaker switch
    {
        Meter => new MeterSpeaker(time),
        None => new NoSpeaker(),
        Auto => await OpenAsync(() => AlsaSpeaker.Open(_soundCards.FirstSpeaker().Path, time)),
        var device => await OpenAsync(() => AlsaSpeaker.Open(device, time)),
    };

    private static string NameOf(IReadOnlyList<MediaDevice> devices) => devices is [var first, ..] ? first.Path : "";

    private double Zoom() => pose().Zoom;

    /// <summary>Drivers may take seconds to open: never on the caller's thread.</summary>
    private static async Task<T> OpenAsync<T>(Func<T> open)
    {
        try
        {
            return await Task.Run(open, CancellationToken.None);
        }
        catch (CodecException problem)
        {
            throw new HardwareException(problem.Message, problem);
        }
    }
}
