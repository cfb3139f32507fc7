namespace AV1Relay.Hardware.Linux;

/// <summary>How the reference robot's parts are connected: what the drivers use unless a body's file says otherwise.</summary>
/// <remarks>Pins are those of the Raspberry Pi's 40-pin header, the same on Pi 4 and Pi 5.</remarks>
public static class ReferenceWiring
{
    public const int LightsSpiBus = 0;
    public const int LightsChipSelect = 0;
    public const int I2cBus = 1;
    public const byte PanServo = 1;
    public const byte TiltServo = 2;
    public const int PrivacySwitchLine = 17;
    public const int CurtainLine = 27;
    public const int LouderLine = 22;
    public const int SofterLine = 23;

    /// <summary>The header's GPIO chip on a Pi 5, a Pi 4 and a Pi 3.</summary>
    public static IReadOnlyList<string> HeaderChips { get; } = ["pinctrl-rp1", "pinctrl-bcm2711", "pinctrl-bcm2835"];

    /// <summary>What feeds what, from the battery on; behind the gauge it divides.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Power { get; } =
    [
        ["Battery; 6.4–8.4 V", "Gauge; INA219: in the lead", "Step-down; 5.1 V, 5 A", "Computer; USB-C"],
        ["3 A fuse, step-down; 6–7.4 V, 3 A", "Servo adapter; servos"],
    ];

    /// <summary>Every part with a cable, in the order in which they are fitted.</summary>
    public static IReadOnlyList<WiredPart> Parts { get; } =
    [
        new("Head", "2 × Feetech STS3215, numbers 1 (pan) and 2 (tilt)", "USB servo adapter, 1 Mb/s half duplex", []),
        new("Light ring", "12 × SK9822 or APA102; data and clock through a 74AHCT125 at 5 V", "SPI 0, 2 MHz", [new(2, "5 V"), new(6, "ground"), new(19, "data (MOSI)"), new(23, "clock (SCLK)")]),
        new("Battery gauge", "MAX17048 at 0x36, or INA219 strapped to 0x41", "I2C 1", [new(1, "3.3 V"), new(3, "SDA"), new(5, "SCL"), new(9, "ground")]),
        new("Privacy switch", "latching, second pole; closed while camera and speakerphone have power", $"GPIO {PrivacySwitchLine}, pulled up", [new(11, "contact"), new(14, "ground")]),
        new("Curtain button", "momentary", $"GPIO {CurtainLine}, pulled up", [new(13, "contact"), new(14, "ground")]),
        new("Volume buttons", "2 × momentary", $"GPIO {LouderLine} and {SofterLine}, pulled up", [new(15, "louder"), new(16, "softer"), new(20, "ground")]),
        new("Camera", "1080p (UVC), with an indicator", "USB, 5 V through the privacy switch", []),
        new("Speakerphone", "for conferences", "USB, 5 V through the privacy switch", []),
    ];
}

/// <summary>A part with a cable.</summary>
/// <param name="Name">What staff call it.</param>
/// <param name="Device">What to buy.</param>
/// <param name="Bus">What it speaks over.</param>
/// <param name="Pins">Of the header; none for what hangs on USB.</param>
public sealed record WiredPart(string Name, string Device, string Bus, IReadOnlyList<HeaderPin> Pins);

/// <param name="Number">1…40.</param>
/// <param name="Signal">What is on it.</param>
public sealed record HeaderPin(int Number, string Signal);
