namespace AV1Relay.WebRtc.Rtp;

/// <summary>Cuts encoded frames into RTP payloads.</summary>
/// <remarks>
/// Call <see cref="Begin"/>, then <see cref="TryTakePayload"/> until it returns false. Pieces of one frame have one length, only the last may
/// be shorter: the kernel can then send the run with one call. Steady state allocates nothing.
/// </remarks>
public interface IPacketizer
{
    /// <summary>Starts a frame; what was left of the one before is forgotten.</summary>
    /// <param name="frame">Must stay unchanged until the last payload has been taken.</param>
    /// <param name="maxPayloadBytes">Header extensions and SRTP's tag come on top: leave room for them.</param>
    void Begin(ReadOnlyMemory<byte> frame, int maxPayloadBytes);

    /// <param name="destination">At least the maximum given to <see cref="Begin"/>.</param>
    /// <param name="isLast">The frame's last payload: its packet carries the marker.</param>
    bool TryTakePayload(Span<byte> destination, out int length, out bool isLast);
}

/// <summary>Puts frames together again, for tests, benchmarks and the load generator.</summary>
public interface IDepacketizer
{
    /// <summary>The frame that the last <see cref="Push"/> completed; valid until the next one.</summary>
    ReadOnlySpan<byte> Frame { get; }

    bool IsKeyFrame { get; }

    /// <summary>Frames given up because a packet was missing, malformed or too much.</summary>
    long FramesDropped { get; }

    /// <summary>Takes the stream's packets in the order of their sequence numbers; a gap drops the frame around it.</summary>
    /// <returns>True when <see cref="Frame"/> is a whole frame.</returns>
    bool Push(in RtpPacket packet);
}
