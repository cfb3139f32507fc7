using System.Buffers;
using System.Globalization;

namespace AV1Relay.Storage.Audit;

/// <summary>One line of <see cref="AuditHeads"/>: which entry, and its hash.</summary>
/// <param name="Number">0: the chain's beginning.</param>
internal sealed record AuditNote(long Number, byte[] Hash)
{
    /// <summary>Everything that had been noted up to this entry was gone when this was written.</summary>
    public bool IsLoss => Number > 0 && Hash.AsSpan().SequenceEqual(AuditChain.Start);

    public bool Fits(byte[] hash) => Hash.AsSpan().SequenceEqual(hash);

    /// <summary>Null: a crash left it half written.</summary>
    public static AuditNote? TryParse(string line)
    {
        var space = line.IndexOf(' ', StringComparison.Ordinal);
        if (space < 0 || !long.TryParse(line.AsSpan(..space), NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return null;
        var hash = new byte[AuditChain.Start.Length];
        var isWhole = Convert.FromHexString(line.AsSpan(space + 1), hash, out _, out var written) == OperationStatus.Done
            && written == hash.Length;
        return isWhole ? new AuditNote(number, hash) : null;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Number} {Convert.ToHexStringLower(Hash)}");
}
