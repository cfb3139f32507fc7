using AV1Relay.Hardware.Camera.Drawing;

namespace AV1Relay.Hardware.Camera.Classroom;

/// <summary>The colours of the room.</summary>
internal static class Palette
{
    public static readonly Ink Ceiling = Ink.Rgb(0xFBF7EF);
    public static readonly Ink CeilingFar = Ink.Rgb(0xE9E2D4);
    public static readonly Ink FrontWall = Ink.Rgb(0xF6E7CB);
    public static readonly Ink WindowWall = Ink.Rgb(0xFAEED8);
    public static readonly Ink DoorWall = Ink.Rgb(0xEFDCBD);
    public static readonly Ink BackWall = Ink.Rgb(0xE8D6BB);
    public static readonly Ink Wainscot = Ink.Rgb(0xA9C9BE);
    public static readonly Ink Skirting = Ink.Rgb(0xFDFBF5);
    public static readonly Ink FloorFar = Ink.Rgb(0xB98556);
    public static readonly Ink FloorNear = Ink.Rgb(0xD9A871);
    public static readonly Ink FloorSeam = Ink.Rgb(0x9C6C43);
    public static readonly Ink Shadow = Ink.Rgb(0x3A2A1E);
    public static readonly Ink Wood = Ink.Rgb(0xE3B77D);
    public static readonly Ink WoodLight = Ink.Rgb(0xF0CD98);
    public static readonly Ink WoodDark = Ink.Rgb(0xB8854F);
    public static readonly Ink WoodDeep = Ink.Rgb(0x8A5E36);
    public static readonly Ink Metal = Ink.Rgb(0x8C99A3);
    public static readonly Ink BoardGreen = Ink.Rgb(0x2F5D50);
    public static readonly Ink BoardGreenLight = Ink.Rgb(0x396E5F);
    public static readonly Ink Chalk = Ink.Rgb(0xF5F5EC);
    public static readonly Ink ChalkYellow = Ink.Rgb(0xF7DE7B);
    public static readonly Ink ChalkPink = Ink.Rgb(0xF5A9B0);
    public static readonly Ink ChalkBlue = Ink.Rgb(0x9FD3EE);
    public static readonly Ink White = Ink.Rgb(0xFFFFFF);
    public static readonly Ink Paper = Ink.Rgb(0xFFFCF3);
    public static readonly Ink Dark = Ink.Rgb(0x2B2B33);
    public static readonly Ink Red = Ink.Rgb(0xE2574C);
    public static readonly Ink Orange = Ink.Rgb(0xF2994A);
    public static readonly Ink Yellow = Ink.Rgb(0xF6C445);
    public static readonly Ink Green = Ink.Rgb(0x5FA55A);
    public static readonly Ink GreenDark = Ink.Rgb(0x3F7F46);
    public static readonly Ink Teal = Ink.Rgb(0x2F9C95);
    public static readonly Ink Blue = Ink.Rgb(0x4A7FC1);
    public static readonly Ink BlueDark = Ink.Rgb(0x34507A);
    public static readonly Ink Violet = Ink.Rgb(0x8E6BBF);
    public static readonly Ink Pink = Ink.Rgb(0xF08CA8);
    public static readonly Ink SkyTop = Ink.Rgb(0x7FC4F1);
    public static readonly Ink SkyLow = Ink.Rgb(0xD9F0FB);
    public static readonly Ink Sun = Ink.Rgb(0xFFE08A);
    public static readonly Ink Hill = Ink.Rgb(0x8CC37A);
    public static readonly Ink Meadow = Ink.Rgb(0xA9D68C);
    public static readonly Ink Bark = Ink.Rgb(0x8B6240);
}
