using AV1Relay.Hardware;
using AV1Relay.Hardware.Linux.Serial;
using Xunit;

namespace AV1Relay.Tests.Unit.Hardware.Linux.Serial;

public sealed class SerialAdaptersTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("serial");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_port_that_was_named_is_taken_as_it_is() => Assert.Equal("/dev/ttyAMA0", SerialAdapters.Resolve("/dev/ttyAMA0", "/nowhere"));

    [Fact]
    public void The_only_adapter_is_found()
    {
        var adapter = Plug("usb-1a86_USB_Single_Serial-if00");
        Assert.Equal(adapter, SerialAdapters.Resolve(SerialAdapters.Auto, _folder.FullName));
    }

    [Fact]
    public void Of_several_one_has_to_be_named()
    {
        Plug("usb-A");
        Plug("usb-B");
        var problem = Assert.Throws<HardwareException>(() => SerialAdapters.Resolve(SerialAdapters.Auto, _folder.FullName));
        Assert.Contains("usb-A, ", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("no-such-folder")]
    public void None_is_said_to_be_none(string folder)
    {
        var problem = Assert.Throws<HardwareException>(() => SerialAdapters.Resolve(SerialAdapters.Auto, Path.Combine(_folder.FullName, folder)));
        Assert.Equal(HardwareFault.Missing, problem.Fault);
    }

    private string Plug(string name)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, "");
        return path;
    }
}
