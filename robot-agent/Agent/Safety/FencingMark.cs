using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace AV1Relay.RobotAgent.Safety;

/// <summary>The highest fencing number that this robot ever took, and which grant may come again under it.</summary>
/// <remarks>
/// Kept over restarts, so that nobody brings an old grant back by switching the robot off and on. Of the session only a hash is
/// kept: what lies on the robot does not tell who was here.
/// </remarks>
/// <param name="Number">0: none yet.</param>
/// <param name="Open">Null once the grant was withdrawn or is over: then nothing comes again under its number.</param>
internal sealed record FencingMark(ulong Number, GrantPrint? Open)
{
    private const string Closed = "-";

    public static FencingMark None { get; } = new(0, null);

    /// <returns>Null when the number is new, or the relay gives the same grant again; otherwise why not, in words.</returns>
    public string? Refuses(SessionGrant offered)
    {
        if (offered.FencingNumber > Number) return null;
        if (offered.FencingNumber < Number || Open is not { } open || open.SessionHash != GrantPrint.Of(offered).SessionHash)
            return $"The grant with fencing number {offered.FencingNumber} is an old one: number {Number} has been here before it.";
        return open.IsExceededBy(GrantPrint.Of(offered)) ? "The grant allows more than before under the same fencing number." : null;
    }

    /// <summary>The mark from when this grant is taken.</summary>
    public static FencingMark Of(SessionGrant taken) => new(taken.FencingNumber, GrantPrint.Of(taken));

    public FencingMark Close() => this with { Open = null };

    /// <summary>One line, read back by <see cref="TryParse"/>.</summary>
    public override string ToString() => Open is { } open
        ? string.Create(CultureInfo.InvariantCulture, $"{Number} {open.SessionHash} {open.Capabilities.Bits} {open.NotBefore.ToUnixTimeMilliseconds()} {open.NotAfter.ToUnixTimeMilliseconds()}")
        : string.Create(CultureInfo.InvariantCulture, $"{Number} {Closed}");

    /// <returns>Null when it is not such a line.</returns>
    public static FencingMark? TryParse(string line)
    {
        var parts = line.Trim().Split(' ');
        if (!ulong.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return null;
        if (parts is [_, Closed]) return new(number, null);
        return parts is [_, { Length: 2 * SHA256.HashSizeInBytes } hash, var bits, var from, var until]
            && uint.TryParse(bits, NumberStyles.None, CultureInfo.InvariantCulture, out var capabilities)
            && TryParseInstant(from, out var notBefore) && TryParseInstant(until, out var notAfter)
            ? new(number, new(hash, new(capabilities), notBefore, notAfter))
            : null;
    }

    private static bool TryParseInstant(string text, out DateTimeOffset instant)
    {
        var isOne = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var unixMs) && SessionGrant.IsInstant(unixMs);
        instant = isOne ? DateTimeOffset.FromUnixTimeMilliseconds(unixMs) : default;
        return isOne;
    }
}

/// <summary>By what a grant that comes again is known: the same session, and no more than before.</summary>
internal sealed record GrantPrint(string SessionHash, CapabilityBits Capabilities, DateTimeOffset NotBefore, DateTimeOffset NotAfter)
{
    public static GrantPrint Of(SessionGrant grant) => new(
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(grant.Session))), grant.Capabilities, grant.NotBefore, grant.NotAfter);

    public bool IsExceededBy(GrantPrint later) =>
        (later.Capabilities.Bits & ~Capabilities.Bits) != 0 || later.NotBefore < NotBefore || later.NotAfter > NotAfter;
}
