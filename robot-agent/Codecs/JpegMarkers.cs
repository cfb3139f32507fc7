using System.Buffers.Binary;

namespace AV1Relay.Codecs;

/// <summary>Looks through a JPEG picture for what would cost more than a camera's picture may, before a decoder sees it.</summary>
/// <remarks>A few bytes can ask for gigabytes of memory (a size of 65,535 × 65,535), or for minutes in a call that nobody can break off (thousands
/// of scans over the same picture), while the camera is to be closed. Cameras send one frame, sequential, in at most a scan a component
/// (ITU-T T.81 §B.2; USB Device Class Definition for Video Devices, Motion-JPEG payload). Markers that no camera needs are refused.</remarks>
internal static class JpegMarkers
{
    private const int MostScans = 4;
    private const byte StartOfImage = 0xD8, EndOfImage = 0xD9, StartOfScan = 0xDA;
    private const byte Baseline = 0xC0, ExtendedSequential = 0xC1;

    /// <summary>Whether it is one sequential picture of 8 bits and a decent size. Its contents may still be damaged.</summary>
    /// <param name="picture">Any bytes.</param>
    /// <param name="mostPixels">That a decoder may be asked for.</param>
    /// <param name="length">Of the picture, to its end; what follows is nothing that a decoder should see.</param>
    public static bool IsPlain(ReadOnlySpan<byte> picture, long mostPixels, out int length)
    {
        length = picture.Length;
        if (picture is not [0xFF, StartOfImage, ..]) return false;
        var (frames, scans) = (0, 0);
        var rest = picture[2..];
        while (true)
        {
            var next = rest.IndexOf((byte)0xFF);
            if (next < 0 || next + 1 >= rest.Length) return frames == 1 && scans > 0; // cut off: the decoder makes of it what it can
            var marker = rest[next + 1];
            if (marker == 0xFF) // fill
            {
                rest = rest[(next + 1)..];
                continue;
            }

            rest = rest[(next + 2)..];
            if (marker is 0x00 or (>= 0xD0 and <= 0xD7)) continue; // a byte of 255, or a restart
            if (marker == EndOfImage)
            {
                length = picture.Length - rest.Length;
                return frames == 1 && scans > 0;
            }

            if (!IsKnown(marker) || rest.Length < 2) return false;
            var segment = BinaryPrimitives.ReadUInt16BigEndian(rest);
            if (segment < 2 || segment > rest.Length) return false;
            if (marker is Baseline or ExtendedSequential && (++frames > 1 || !IsDecent(rest[2..segment], mostPixels))) return false;
            if (marker == StartOfScan && (frames != 1 || ++scans > MostScans)) return false;
            rest = rest[segment..];
        }
    }

    /// <summary>Frame, scan, tables, restart interval, application data, comment.</summary>
    private static bool IsKnown(byte marker) => marker is Baseline or ExtendedSequential or 0xC4 or StartOfScan or 0xDB or 0xDD or (>= 0xE0 and <= 0xEF) or 0xFE;

    private static bool IsDecent(ReadOnlySpan<byte> frame, long mostPixels)
    {
        if (frame.Length < 6 || frame[0] != 8) return false;
        long height = BinaryPrimitives.ReadUInt16BigEndian(frame[1..]), width = BinaryPrimitives.ReadUInt16BigEndian(frame[3..]);
        return height > 0 && width > 0 && height * width <= mostPixels;
    }
}
