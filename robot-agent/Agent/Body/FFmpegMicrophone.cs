using AV1Relay.Codecs;
using AV1Relay.Hardware;
using AV1Relay.Hardware.Audio;

namespace AV1Relay.RobotAgent.Body;

/// <summary>A file or URL that FFmpeg opens.</summary>
internal sealed class FFmpegMicrophone(MediaInput input) : IMicrophone
{
    public TimeSpan Delay => TimeSpan.Zero; // FFmpeg does not tell

    public async ValueTask<bool> ReadAsync(Memory<short> frame, CancellationToken cancellationToken)
    {
        try
        {
            return await input.ReadAudioAsync(frame, cancellationToken);
        }
        catch (CodecException problem)
        {
            throw new HardwareException(problem.Message, problem);
        }
    }

    public async ValueTask DisposeAsync() => await Task.Run(input.Dispose);
}
