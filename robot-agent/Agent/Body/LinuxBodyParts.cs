using System.Text.Json.Serialization;
using AV1Relay.Hardware.Head;
using AV1Relay.Hardware.Linux;
using AV1Relay.Hardware.Linux.Gpio;
using AV1Relay.Hardware.Linux.Head;
using AV1Relay.Hardware.Linux.Power;

namespace AV1Relay.RobotAgent.Body;

/// <summary>Which drivers a real body has and how its parts are connected. What is not said is as on the reference robot.</summary>
internal sealed record LinuxBodyParts
{
    public HeadPart Head { get; init; } = new Sts3215Part();

    public LightsPart Lights { get; init; } = new();

    public ContactsPart Contacts { get; init; } = new();

    public BatteryPart Battery { get; init; } = new Max17048Part();
}

[JsonPolymorphic(TypeDiscriminatorPropertyName = "driver")]
[JsonDerivedType(typeof(Sts3215Part), "sts3215")]
[JsonDerivedType(typeof(Pca9685Part), "pca9685")]
[JsonDerivedType(typeof(NoHeadPart), "none")]
internal abstract record HeadPart;

/// <param name="Port">A serial port, or <c>auto</c> for the one USB adapter.</param>
/// <param name="Pan">How the servo that turns the head sits.</param>
/// <param name="Tilt">How the one that nods sits.</param>
/// <param name="Range">Soft limits.</param>
internal sealed record Sts3215Part(
    string Port = "auto", ServoAxisCalibration? Pan = null, ServoAxisCalibration? Tilt = null, RangePart? Range = null) : HeadPart;

/// <param name="Bus">The number of <c>/dev/i2c-1</c>.</param>
/// <param name="Address">Of the board.</param>
/// <param name="Pan">How the servo that turns the head sits.</param>
/// <param name="Tilt">How the one that nods sits.</param>
/// <param name="Range">Soft limits.</param>
internal sealed record Pca9685Part(
    int Bus = ReferenceWiring.I2cBus, int Address = 0x40, PwmAxisCalibration? Pan = null, PwmAxisCalibration? Tilt = null, RangePart? Range = null) : HeadPart;

/// <summary>The head does not move.</summary>
internal sealed record NoHeadPart : HeadPart;

/// <summary>In degrees.</summary>
internal sealed record RangePart(double MinPan, double MaxPan, double MinTilt, double MaxTilt)
{
    /// <exception cref="ArgumentException">It is empty, or does not hold straight ahead.</exception>
    public HeadRange ToRange() => MinPan <= 0 && MaxPan >= 0 && MinTilt <= 0 && MaxTilt >= 0
        ? new(MinPan, MaxPan, MinTilt, MaxTilt)
        : throw new ArgumentException("The head's range has to hold 0° (straight ahead and level): its least values are 0 or less, its greatest 0 or more.");
}

/// <summary>SK9822 or APA102 on SPI: the two numbers of <c>/dev/spidev0.0</c>.</summary>
internal sealed record LightsPart(int Bus = ReferenceWiring.LightsSpiBus, int ChipSelect = ReferenceWiring.LightsChipSelect);

/// <param name="Chips">Labels of the GPIO chip, in order of preference.</param>
/// <param name="PrivacySwitch">Line of its signalling pole; null: none was fitted.</param>
/// <param name="Curtain">Line of the button; null likewise.</param>
/// <param name="Louder">Likewise.</param>
/// <param name="Softer">Likewise.</param>
internal sealed record ContactsPart(
    IReadOnlyList<string>? Chips = null, int? PrivacySwitch = ReferenceWiring.PrivacySwitchLine, int? Curtain = ReferenceWiring.CurtainLine,
    int? Louder = ReferenceWiring.LouderLine, int? Softer = ReferenceWiring.SofterLine)
{
    public GpioContactLines Lines => new(PrivacySwitch, Curtain, Louder, Softer);
}

[JsonPolymorphic(TypeDiscriminatorPropertyName = "driver")]
[JsonDerivedType(typeof(Max17048Part), "max17048")]
[JsonDerivedType(typeof(Ina219Part), "ina219")]
[JsonDerivedType(typeof(NoBatteryPart), "none")]
internal abstract record BatteryPart;

internal sealed record Max17048Part(int Bus = ReferenceWiring.I2cBus, int Address = Max17048.UsualAddress) : BatteryPart;

/// <param name="Bus">The number of <c>/dev/i2c-1</c>.</param>
/// <param name="Address">As strapped.</param>
/// <param name="Pack">What it measures.</param>
internal sealed record Ina219Part(int Bus = ReferenceWiring.I2cBus, int Address = Ina219.UsualAddress, BatteryPack? Pack = null) : BatteryPart;

/// <summary>No gauge; mains, say.</summary>
internal sealed record NoBatteryPart : BatteryPart;
