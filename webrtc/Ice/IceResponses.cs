using AV1Relay.WebRtc.Stun;

namespace AV1Relay.WebRtc.Ice;

/// <summary>The answers to a connectivity check, each signed with the answering side's password (RFC 8445 §7.3).</summary>
internal static class IceResponses
{
    public static int WriteSuccess(Span<byte> buffer, in StunMessage request, TransportAddress source, ReadOnlySpan<byte> password)
    {
        var writer = new StunMessageWriter(buffer, StunClass.SuccessResponse, request.TransactionId);
        writer.AddXorMappedAddress(source);
        writer.AddMessageIntegrity(password);
        writer.AddFingerprint();
        return writer.Finish();
    }

    public static int WriteError(
        Span<byte> buffer, in StunMessage request, int code, ReadOnlySpan<byte> reason, ReadOnlySpan<byte> password)
    {
        var writer = new StunMessageWriter(buffer, StunClass.ErrorResponse, request.TransactionId);
        writer.AddErrorCode(code, reason);
        writer.AddMessageIntegrity(password);
        writer.AddFingerprint();
        return writer.Finish();
    }

    public static int WriteUnknownAttribute(Span<byte> buffer, in StunMessage request, ReadOnlySpan<byte> password)
    {
        Span<ushort> types = stackalloc ushort[StunAttributeTable.MaxUnknown];
        var count = request.CopyUnknownRequired(types);
        var writer = new StunMessageWriter(buffer, StunClass.ErrorResponse, request.TransactionId);
        writer.AddErrorCode(StunErrorCode.UnknownAttribute, "Unknown Attribute"u8);
        writer.AddUnknownAttributes(types[..count]);
        writer.AddMessageIntegrity(password);
        writer.AddFingerprint();
        return writer.Finish();
    }
}
