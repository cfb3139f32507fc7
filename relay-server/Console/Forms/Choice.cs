namespace AV1Relay.StaffConsole.Forms;

/// <summary>One of several answers.</summary>
/// <param name="Value">As the form sends it.</param>
/// <param name="Label">As people read it.</param>
public sealed record Choice(string Value, string Label);
