namespace AV1Relay.Tests.HardwareInLoop;

/// <summary>How soon the devices were closed, as the workbench tells it.</summary>
/// <param name="Ms">From the contact to the last one's being closed, ms.</param>
/// <param name="LongestGapMs">For how long the emulated computer let nobody look, ms.</param>
/// <param name="Last">The device that was closed last.</param>
internal sealed record Closing(double Ms, double LongestGapMs, string Last);
