using System.Security.Cryptography;
using System.Text;

namespace AV1Relay.Storage.Records;

/// <summary>Keys of records that are named by something else than one id.</summary>
internal static class RowKeys
{
    /// <summary>128 of the 256 bits of its hash: the same name has the same key, in every process.</summary>
    public static Guid Of(string name) => new(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 16), bigEndian: true);
}
