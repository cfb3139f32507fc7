using AV1Relay.Hardware;
using AV1Relay.Hardware.Linux.Discovery;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace AV1Relay.Tests.Unit.Hardware.Linux.Discovery;

public sealed class DiscoveryTests : IDisposable
{
    private const string Cards = """
         0 [vc4hdmi0       ]: vc4-hdmi - vc4-hdmi-0
                              vc4-hdmi-0
         2 [S510           ]: USB-Audio - Jabra SPEAK 510 USB
                              Jabra SPEAK 510 USB at usb-0000:01:00.0-1.2, full speed

        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("devices");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_camera_is_found_by_the_name_that_stays_and_its_second_node_is_none()
    {
        Write("by-id/usb-Arducam_1080p_SN0001-video-index0");
        Write("by-id/usb-Arducam_1080p_SN0001-video-index1");
        var camera = Assert.Single(CamerasHere().List());
        Assert.Equal("usb-Arducam_1080p_SN0001", camera.Name);
        Assert.Equal(Path("by-id/usb-Arducam_1080p_SN0001-video-index0"), camera.Path);
    }

    [Fact]
    public void Without_udev_the_kernels_nodes_are_asked_and_the_boards_own_codecs_are_no_cameras()
    {
        Node("video0", "0", "vivid-000-vid-cap", "vivid");
        Node("video1", "1", "vivid-000-vid-out", "vivid");
        Node("video10", "0", "bcm2835-codec-decode", "bcm2835-codec");
        Assert.Equal([new MediaDevice("vivid-000-vid-cap", "/dev/video0")], CamerasHere().List());
    }

    [Fact]
    public void Without_a_camera_it_says_what_may_be()
    {
        Assert.Empty(CamerasHere().List());
        var problem = Assert.Throws<HardwareException>(() => CamerasHere().First());
        Assert.Equal(HardwareFault.Missing, problem.Fault);
        Assert.Contains("privacy switch", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Sound_cards_are_found_by_name_those_on_USB_first()
    {
        Write("asound/cards", Cards);
        Write("asound/card0/pcm0p/info");
        Write("asound/card2/pcm0p/info");
        Write("asound/card2/pcm0c/info");
        var sound = new SoundCards(Path("asound"));
        Assert.Equal(new MediaDevice("S510", "plughw:CARD=S510,DEV=0"), sound.FirstSpeaker());
        Assert.Equal(["S510", "vc4hdmi0"], sound.ListSpeakers().Select(card => card.Name));
        Assert.Equal(["S510"], sound.ListMicrophones().Select(card => card.Name));
    }

    [Theory]
    [InlineData("plughw:CARD=S510,DEV=0", "plughw:CARD=Speaker,DEV=0", true)]
    [InlineData("plughw:CARD=S510,DEV=0", "hw:CARD=S510,DEV=1", false)]
    [InlineData("hw:1,0", "plughw:2", true)]
    [InlineData("hw:1,0", "plughw:1", false)]
    [InlineData("hw:1", "plughw:CARD=S510", false)] // may be the same
    [InlineData("default", "plughw:CARD=S510", false)]
    [InlineData("default", "default", false)]
    [InlineData("plug:hw:1", "hw:2", false)]
    [InlineData("hw:DEV=0,CARD=S510", "plughw:CARD=S510", false)]
    [InlineData("hw:DEV=0,CARD=S510", "plughw:CARD=Speaker", true)]
    [InlineData("hw:DEV=0", "plughw:CARD=Speaker", false)]
    [InlineData("", "hw:", false)]
    public void Two_sound_cards_are_told_apart_where_their_names_say_so(string device, string other, bool areTwo)
    {
        Assert.Equal(areTwo, SoundCards.AreTwo(device, other));
        Assert.Equal(areTwo, SoundCards.AreTwo(other, device));
    }

    [Theory]
    [InlineData("--- no soundcards ---\n")]
    [InlineData("[]:\n ]5[ \n x [y]: z\n 3 [ ]: z")]
    public void A_list_without_cards_has_none(string cards)
    {
        Write("asound/cards", cards);
        Assert.Empty(new SoundCards(Path("asound")).ListSpeakers());
        Assert.Throws<HardwareException>(() => new SoundCards(Path("asound")).FirstMicrophone());
    }

    [Fact]
    public void A_system_without_sound_has_no_cards() => Assert.Empty(new SoundCards(Path("nothing")).ListMicrophones());

    [Fact]
    public async Task A_camera_that_leaves_and_comes_back_is_told_of_within_a_second_each()
    {
        var time = new FakeTimeProvider();
        Write("by-id/usb-A-video-index0");
        await using var watch = new DeviceWatch(CamerasHere().List, time);
        List<string> told = [];
        watch.Came += device => told.Add("came " + device.Name);
        watch.Left += device => told.Add("left " + device.Name);

        time.Advance(TimeSpan.FromSeconds(3));
        Assert.Empty(told);
        File.Delete(Path("by-id/usb-A-video-index0"));
        time.Advance(TimeSpan.FromSeconds(1));
        Write("by-id/usb-A-video-index0");
        Write("by-id/usb-B-video-index0");
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(["left usb-A", "came usb-A", "came usb-B"], told);
    }

    private Cameras CamerasHere() => new(Path("by-id"), Path("video4linux"));

    private string Path(string name) => System.IO.Path.Combine(_folder.FullName, name);

    private void Write(string name, string text = "")
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path(name))!); // never a root
        File.WriteAllText(Path(name), text);
    }

    private void Node(string node, string index, string name, string driver)
    {
        Write($"video4linux/{node}/index", index + "\n");
        Write($"video4linux/{node}/name", name + "\n");
        Directory.CreateDirectory(Path($"video4linux/{node}/device"));
        Directory.CreateDirectory(Path($"drivers/{driver}"));
        Directory.CreateSymbolicLink(Path($"video4linux/{node}/device/driver"), Path($"drivers/{driver}"));
    }
}
