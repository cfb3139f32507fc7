using System.Security.Cryptography;
using AV1Relay.WebRtc.Stun;

namespace AV1Relay.WebRtc.Ice;

/// <summary>Asks a peer whether it really is at the address that its checks name as their source: a check of our own, sent there.</summary>
/// <remarks>
/// A peer's check proves that it knows the password, not that it is there: a datagram's source is easily forged, and media would flow to whoever
/// has that address. The answer carries a transaction id that only that address got to see (RFC 7675 §5.1 has consent given so). Every full agent
/// answers checks (RFC 8445 §7.3), and against a lite one every agent is controlling. One object an address; sans-I/O.
/// </remarks>
public sealed class IceReturnCheck
{
    /// <summary>Room enough for any check that <see cref="Write"/> writes.</summary>
    public const int MaxLength = 704;

    private const uint Priority = (110u << 24) | 0x00FF_FFFF; // as a peer-reflexive candidate's (RFC 8445 §7.1.1)

    private readonly byte[] _transactionId = RandomNumberGenerator.GetBytes(StunTransactionId.Length);
    private readonly ulong _tieBreaker = (ulong)Random.Shared.NextInt64();

    /// <param name="username">The peer's fragment, a colon, and ours.</param>
    /// <param name="password">The peer's.</param>
    /// <returns>Bytes written; 0 when the buffer is too short.</returns>
    public int Write(Span<byte> buffer, ReadOnlySpan<byte> username, ReadOnlySpan<byte> password)
    {
        var writer = new StunMessageWriter(buffer, StunClass.Request, _transactionId);
        writer.AddUsername(username);
        writer.AddPriority(Priority);
        writer.AddIceControlled(_tieBreaker);
        writer.AddMessageIntegrity(password);
        writer.AddFingerprint();
        return writer.Finish();
    }

    /// <summary>Whether a message is the answer to this check. Nothing else is computed for one that is not.</summary>
    /// <param name="password">The peer's: whoever answers signs with its own.</param>
    public bool IsAnsweredBy(in StunMessage message, ReadOnlySpan<byte> password)
        => message is { Class: StunClass.SuccessResponse, Method: StunMethod.Binding }
            && message.TransactionId.SequenceEqual(_transactionId)
            && message.HasValidIntegrity(password);
}
