using System.Globalization;

namespace AV1Relay.StaffConsole.Forms;

/// <summary>Reads what the query of an address asks for.</summary>
/// <remarks>
/// Anybody can write anything into an address: what can't be read is taken as not asked for. That is why pages take text from the query and
/// nothing else; of other types, the framework answers an unreadable one with an error of the server.
/// </remarks>
internal static class Queried
{
    public static Guid? Id(string? text) => Guid.TryParse(text, out var id) ? id : null;

    public static bool Yes(string? text) => bool.TryParse(text, out var yes) && yes;

    /// <summary>A whole one, not below zero.</summary>
    public static long? Number(string? text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
