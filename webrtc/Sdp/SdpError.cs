using System.Globalization;

namespace AV1Relay.WebRtc.Sdp;

/// <summary>Why a description was refused, for the person who wrote the other side.</summary>
/// <param name="Line">Counted from 1; 0 when it is about the whole text.</param>
/// <param name="Words">What was expected; never repeats the input.</param>
public sealed record SdpError(int Line, string Words)
{
    public override string ToString()
        => Line == 0 ? Words : string.Create(CultureInfo.InvariantCulture, $"Line {Line}: {Words}");
}
