namespace AV1Relay.Domain.Joining;

/// <summary>A code that was just drawn.</summary>
/// <param name="Printed">For people: <c>amber-otter-1234</c>. A secret until it has been used.</param>
/// <param name="Canonical">As it is stored and looked up.</param>
public readonly record struct NewJoinCode(string Printed, string Canonical);

/// <summary>Draws a code at random. Another draw may bring the same one.</summary>
public delegate NewJoinCode DrawJoinCode();
