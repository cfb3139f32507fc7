namespace AV1Relay.Hardware.Audio.Echo;

/// <summary>What is done to the microphone's sound beyond taking out the echo.</summary>
[Flags]
public enum Cleaning
{
    /// <summary>Nothing.</summary>
    EchoOnly = 0,

    /// <summary>Steady noise (a projector, a fan) is turned down.</summary>
    Noise = 1,

    /// <summary>Soft voices are made louder, slowly.</summary>
    Gain = 2,

    /// <summary>As in a lesson.</summary>
    All = Noise | Gain,
}
