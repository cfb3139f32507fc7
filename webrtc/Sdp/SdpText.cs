using System.Globalization;

namespace AV1Relay.WebRtc.Sdp;

/// <summary>Small readers that the parsers share.</summary>
internal static class SdpText
{
    public static bool TryInt(ReadOnlySpan<char> text, int min, int max, out int value)
        => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value >= min && value <= max;

    public static bool TryDirection(ReadOnlySpan<char> text, out MediaDirection direction)
    {
        (direction, var known) = text switch
        {
            "sendrecv" => (MediaDirection.SendRecv, true),
            "sendonly" => (MediaDirection.SendOnly, true),
            "recvonly" => (MediaDirection.RecvOnly, true),
            "inactive" => (MediaDirection.Inactive, true),
            _ => (default, false),
        };
        return known;
    }

    public static string Name(MediaDirection direction) => direction switch
    {
        MediaDirection.SendRecv => "sendrecv",
        MediaDirection.SendOnly => "sendonly",
        MediaDirection.RecvOnly => "recvonly",
        _ => "inactive",
    };

    public static bool TrySetup(ReadOnlySpan<char> text, out SdpSetup setup)
    {
        (setup, var known) = text switch
        {
            "actpass" => (SdpSetup.ActPass, true),
            "active" => (SdpSetup.Active, true),
            "passive" => (SdpSetup.Passive, true),
            "holdconn" => (SdpSetup.HoldConn, true),
            _ => (default, false),
        };
        return known;
    }

    public static string Name(SdpSetup setup) => setup switch
    {
        SdpSetup.ActPass => "actpass",
        SdpSetup.Active => "active",
        SdpSetup.Passive => "passive",
        _ => "holdconn",
    };

    /// <summary>Cuts off the first word; the rest starts after the spaces that follow it.</summary>
    public static ReadOnlySpan<char> TakeWord(ref ReadOnlySpan<char> text)
    {
        var end = text.IndexOf(' ');
        var word = end < 0 ? text : text[..end];
        text = end < 0 ? default : text[end..].TrimStart(' ');
        return word;
    }

    /// <summary>The words of a list, at most <paramref name="max"/>; null when there are more.</summary>
    public static List<string>? Words(ReadOnlySpan<char> text, int max)
    {
        var words = new List<string>();
        while (!text.IsEmpty)
        {
            if (words.Count == max) return null;
            words.Add(TakeWord(ref text).ToString());
        }

        return words;
    }
}
