using System.Globalization;

namespace AV1Relay.WebRtc.Sdp;

/// <summary>The H.264 profiles that offers name by profile-level-id (RFC 6184 §8.1, table 5).</summary>
public enum H264Profile : byte
{
    ConstrainedBaseline,
    Baseline,
    Main,
    ConstrainedHigh,
    High,
    Other,
}

internal static class H264ProfileExtensions
{
    extension(H264Profile)
    {
        /// <summary>The profile that a codec's profile-level-id stands for; null when it is malformed.</summary>
        public static H264Profile? Of(CodecDescription codec)
        {
            // RFC 6184 §8.1: absent means baseline, level 1.
            var text = codec.Parameter("profile-level-id") ?? "42000a";
            if (text.Length != 6 || !uint.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)) return null;
            var constraints = (byte)(value >> 8);
            return (value >> 16) switch
            {
                0x42 when (constraints & 0x40) != 0 => H264Profile.ConstrainedBaseline,
                0x42 => H264Profile.Baseline,
                0x4D when (constraints & 0x80) != 0 => H264Profile.ConstrainedBaseline,
                0x4D => H264Profile.Main,
                0x64 when (constraints & 0x0C) == 0x0C => H264Profile.ConstrainedHigh,
                0x64 => H264Profile.High,
                _ => H264Profile.Other,
            };
        }
    }
}
