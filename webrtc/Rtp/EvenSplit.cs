namespace AV1Relay.WebRtc.Rtp;

/// <summary>Cuts a length into the fewest pieces, all of one length but the last, which may be shorter.</summary>
internal static class EvenSplit
{
    /// <param name="total">One or more.</param>
    /// <param name="maxPiece">One or more.</param>
    /// <returns>Length of every piece but the last.</returns>
    internal static int PieceLength(int total, int maxPiece)
    {
        var pieces = (total + maxPiece - 1) / maxPiece;
        return (total + pieces - 1) / pieces;
    }
}
