namespace AV1Relay.Hardware.Linux.Audio;

/// <summary>ALSA's error numbers, in words that help.</summary>
internal static class AlsaErrors
{
    /// <param name="what">Microphone or speaker.</param>
    /// <param name="device">Its name.</param>
    /// <param name="happened">"does not open".</param>
    /// <param name="error">Negative.</param>
    public static HardwareException Explain(string what, string device, string happened, int error)
    {
        var list = what == AlsaMicrophone.What ? "`arecord -L` lists what there is" : "`aplay -L` lists what there is";
        var (fault, advice) = error switch
        {
            Alsa.NoEntry or Alsa.NoDevice => (HardwareFault.Missing, $"is it plugged in, and is the privacy switch on? {list}"),
            Alsa.NoAccess => (HardwareFault.Refused, "the robot's user must be in the group audio"),
            Alsa.Busy => (HardwareFault.Refused, "another program uses it; close that first"),
            _ => (HardwareFault.Other, list),
        };
        return new(fault, $"{what} {device} {happened} ({Alsa.Describe(error)}): {advice}.");
    }
}
