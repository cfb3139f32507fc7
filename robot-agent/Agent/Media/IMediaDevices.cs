using AV1Relay.Hardware.Audio;
using AV1Relay.Hardware.Camera;

namespace AV1Relay.RobotAgent.Media;

/// <summary>Opens the robot's eyes, ears and voice. A device is open only between the call here and its disposal.</summary>
public interface IMediaDevices
{
    /// <exception cref="Hardware.HardwareException">It does not open; the message says what to check.</exception>
    ValueTask<IVideoSource> OpenCameraAsync(CancellationToken cancellationToken);

    /// <inheritdoc cref="OpenCameraAsync"/>
    ValueTask<IMicrophone> OpenMicrophoneAsync(CancellationToken cancellationToken);

    /// <inheritdoc cref="OpenCameraAsync"/>
    ValueTask<ISpeaker> OpenSpeakerAsync(CancellationToken cancellationToken);
}
