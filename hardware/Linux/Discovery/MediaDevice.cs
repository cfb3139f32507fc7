namespace AV1Relay.Hardware.Linux.Discovery;

/// <summary>A camera or a sound card that is plugged in.</summary>
/// <param name="Name">Stays the same in another socket and after a restart.</param>
/// <param name="Path">What opens it: a device's path, or an ALSA name.</param>
public readonly record struct MediaDevice(string Name, string Path);
