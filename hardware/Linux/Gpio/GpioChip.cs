using System.Device.Gpio;
using System.Device.Gpio.Drivers;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace AV1Relay.Hardware.Linux.Gpio;

/// <summary>A GPIO chip of the system: numbers move between kernels, labels stay.</summary>
/// <param name="Number">Of <c>/dev/gpiochip0</c>.</param>
/// <param name="Label">As its driver calls it: <c>pinctrl-rp1</c> is a Raspberry Pi 5's header.</param>
internal sealed partial record GpioChip(int Number, string Label)
{
    private const string Folder = "/dev";
    private const string Prefix = "gpiochip";
    private const nuint GetChipInfo = 0x8044B401; // GPIO_GET_CHIPINFO_IOCTL: _IOR(0xB4, 1, struct gpiochip_info)
    private const int InfoLength = 68; // char name[32]; char label[32]; u32 lines
    private const int LabelAt = 32;

    /// <summary>libgpiod 2 (Debian 13) rather than 1 (Debian 12), whichever there is.</summary>
    private static readonly string[] Libraries = ["libgpiod.so.3", "libgpiod.so.2"];

    /// <summary>Those that this user may open.</summary>
    public static IReadOnlyList<GpioChip> List()
    {
        List<GpioChip> found = [];
        foreach (var path in Directory.GetFiles(Folder, Prefix + "*"))
        {
            if (new FileInfo(path).LinkTarget is not null) continue; // an older name of another
            if (int.TryParse(Path.GetFileName(path.AsSpan())[Prefix.Length..], out var number) && TryReadLabel(path) is { } label) found.Add(new(number, label));
        }

        return found;
    }

    /// <param name="chips">All there are.</param>
    /// <param name="labels">In order of preference.</param>
    /// <exception cref="HardwareException">None of them is there.</exception>
    public static GpioChip Find(IReadOnlyList<GpioChip> chips, IReadOnlyList<string> labels)
    {
        foreach (var label in labels)
        {
            // Several chips may have one label (a Pi 5 before kernel 6.6 had): the header's is the first.
            if (chips.Where(chip => chip.Label == label).MinBy(chip => chip.Number) is { } chip) return chip;
        }

        var there = chips.Count == 0 ? "there is none that the robot's user may open (it must be in the group gpio)" : $"there are {string.Join(", ", chips.Select(chip => chip.Label).Order(StringComparer.Ordinal))}";
        throw new HardwareException(HardwareFault.Missing, $"There is no GPIO chip {string.Join(" or ", labels)} for the buttons and the privacy switch; {there}.");
    }

    /// <exception cref="HardwareException">libgpiod is missing, or does not open it.</exception>
    public GpioController Open()
    {
        var library = Libraries.FirstOrDefault(CanLoad)
            ?? throw new HardwareException(HardwareFault.Missing, "libgpiod is missing, so buttons and privacy switch can't be read: install it (on Debian 13: apt install libgpiod3, on 12: libgpiod2).");
        try
        {
#pragma warning disable SDGPIO0001 // experimental in name: its only driver for libgpiod 2, which is all that Debian 13 has
            return new GpioController(library == Libraries[0] ? new LibGpiodV2Driver(Number) : new LibGpiodDriver(Number));
#pragma warning restore SDGPIO0001
        }
        catch (Exception problem) when (problem is not OutOfMemoryException)
        {
            throw new HardwareException(HardwareFault.Refused, $"GPIO chip {Label} does not open ({problem.Message}): the robot's user must be in the group gpio.", problem);
        }
    }

    private static bool CanLoad(string library)
    {
        if (!NativeLibrary.TryLoad(library, out var handle)) return false;
        NativeLibrary.Free(handle);
        return true;
    }

    private static string? TryReadLabel(string path)
    {
        try
        {
            using var chip = File.OpenHandle(path);
            var info = new byte[InfoLength];
            if (ioctl(chip, GetChipInfo, info) < 0) return null;
            var label = info.AsSpan(LabelAt, InfoLength - LabelAt - sizeof(uint));
            return System.Text.Encoding.UTF8.GetString(label[..Math.Max(0, label.IndexOf((byte)0))]);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int ioctl(SafeFileHandle file, nuint request, [In, Out] byte[] argument);
}
