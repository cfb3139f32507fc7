using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace AV1Relay.Storage.Audit;

/// <summary>Each entry's hash covers the one before, so that a changed, removed or inserted entry breaks the chain.</summary>
/// <remarks>
/// SHA-256 over the previous hash (32 zero bytes at the start), number and time as 64 bits big-endian, then each text in
/// UTF-8 after its length in 32 bits. Cutting entries off the end, or writing the whole chain anew, can't be seen from the
/// chain alone: <see cref="AuditHeads"/> are kept elsewhere for that.
/// </remarks>
internal static class AuditChain
{
    internal static byte[] Start { get; } = new byte[SHA256.HashSizeInBytes];

    internal static byte[] Hash(ReadOnlySpan<byte> previous, AuditRow row)
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        sha.AppendData(previous);
        Span<byte> numbers = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(numbers, row.Number);
        BinaryPrimitives.WriteInt64BigEndian(numbers[8..], row.At.ToUnixTimeMilliseconds());
        sha.AppendData(numbers);
        Append(sha, row.Who);
        Append(sha, row.What);
        Append(sha, row.Subject);
        Append(sha, row.Detail);
        return sha.GetHashAndReset();
    }

    private static void Append(IncrementalHash sha, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
        sha.AppendData(length);
        sha.AppendData(bytes);
    }
}
