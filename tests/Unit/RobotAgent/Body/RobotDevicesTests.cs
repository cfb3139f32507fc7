using AV1Relay.Hardware.Audio.Echo;
using AV1Relay.Hardware.Camera;
using AV1Relay.Hardware.Linux.Discovery;
using AV1Relay.RobotAgent.Body;
using Xunit;

namespace AV1Relay.Tests.Unit.RobotAgent.Body;

public sealed class RobotDevicesTests : IDisposable
{
    private readonly DirectoryInfo _sound = Directory.CreateTempSubdirectory("asound");

    public void Dispose() => _sound.Delete(recursive: true);

    [Theory]
    [InlineData("test", "meter", Clocks.One)]
    [InlineData("hw:1", "meter", Clocks.One)] // nothing is heard of it
    [InlineData("test", "hw:1", Clocks.One)]
    [InlineData("hw:1", "plughw:1", Clocks.One)]
    [InlineData("hw:1", "hw:2", Clocks.Two)]
    [InlineData("lavfi:sine", "hw:1", Clocks.Two)]
    [InlineData("auto", "auto", Clocks.Two)]
    [InlineData("auto", "plughw:CARD=Mic", Clocks.One)]
    [InlineData("auto", "plughw:CARD=Hdmi", Clocks.Two)]
    [InlineData("plughw:CARD=Hdmi", "auto", Clocks.One)]
    public void Microphone_and_speaker_count_by_two_clocks_when_they_are_two_devices(string microphone, string speaker, Clocks clocks)
    {
        File.WriteAllText(Path.Combine(_sound.FullName, "cards"), " 0 [Hdmi           ]: vc4-hdmi - hdmi\n 1 [Mic            ]: USB-Audio - Mic\n");
        Directory.CreateDirectory(Path.Combine(_sound.FullName, "card0", "pcm0p"));
        Directory.CreateDirectory(Path.Combine(_sound.FullName, "card1", "pcm0c"));
        Assert.True(InputName.TryParse(microphone, out var name));

        var devices = new RobotDevices(InputName.Test, name, speaker, new VideoFormat(640, 360, 30), () => default, TimeProvider.System, new SoundCards(_sound.FullName));

        Assert.Equal(clocks, devices.Clocks);
    }
}
