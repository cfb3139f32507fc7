namespace AV1Relay.Hardware.Audio.Echo;

/// <summary>By how many clocks speaker and microphone count their samples.</summary>
public enum Clocks
{
    /// <summary>They are one sound card, or nothing else is known. A canceller that finds out otherwise follows both, after 5 to 15 s of sound.</summary>
    One,

    /// <summary>They are two devices: one slips away from the other, by up to 100 millionths with cards in order, and is followed at once.</summary>
    Two,
}
