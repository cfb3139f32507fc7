using System.Buffers.Binary;

namespace AV1Relay.Codecs;

/// <summary>Looks through a JPEG picture for what would cost more than a camera's picture may, before a decoder sees it.</summary>
/// <remarks>A few bytes can ask for gigabytes of memory (a size of 65,535 × 65,535), or for minutes in a call that nobody can break off (thousands
/// of scans over the same picture), while the camera is to be closed. Cameras send one frame, sequential, in at most a scan a component
/// (ITU-T T.81 §B.2; USB Device Class Definition for Video Devices, Motion-JPEG payload). Markers that no camera needs are refused, and so is each
/// segment that is longer or shorter than what is in it: FFmpeg goes on from the last byte that it used, and would find markers that we pass over.</remarks>
internal static class JpegMarkers
{
    private const int MostScans = 4;
    private const byte MostComponents = 4;
    private const byte StartOfImage = 0xD8, EndOfImage = 0xD9, StartOfScan = 0xDA;
    private const byte Baseline = 0xC0, ExtendedSequential = 0xC1;
    private const byte HuffmanTables = 0xC4, QuantizationTables = 0xDB, RestartInterval = 0xDD, Comment = 0xFE;

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
            var fill = rest.IndexOfAnyExcept((byte)0xFF);
            if (fill < 0) return frames == 1 && scans > 0; // cut off: the decoder makes of it what it can
            if (fill == 0) return false;
            var marker = rest[fill];
            rest = rest[(fill + 1)..];
            if (marker == EndOfImage)
            {
                length = picture.Length - rest.Length;
                return frames == 1 && scans > 0;
            }

            if (rest.Length < 2) return false;
            var segment = BinaryPrimitives.ReadUInt16BigEndian(rest);
            if (segment < 2 || segment > rest.Length || !IsFilledBy(marker, rest[2..segment])) return false;
            if (marker is Baseline or ExtendedSequential && (++frames > 1 || !IsDecent(rest[2..segment], mostPixels))) return false;
            if (marker == StartOfScan && (frames != 1 || ++scans > MostScans)) return false;
            rest = rest[segment..];
            if (marker == StartOfScan) rest = rest[EndOfScan(rest)..];
        }
    }

    /// <summary>Where the next marker is: not a byte of 255, and no restart.</summary>
    private static int EndOfScan(ReadOnlySpan<byte> scan)
    {
        var at = 0;
        while (true)
        {
            var next = scan[at..].IndexOf((byte)0xFF);
            if (next < 0 || at + next + 1 == scan.Length) return scan.Length;
            at += next;
            if (scan[at + 1] is not (0x00 or (>= 0xD0 and <= 0xD7) or 0xFF)) return at;
            at += scan[at + 1] == 0xFF ? 1 : 2;
        }
    }

    /// <summary>Whether a known segment's contents end where it does (ITU-T T.81 §B.2.2 to §B.2.4).</summary>
    private static bool IsFilledBy(byte marker, ReadOnlySpan<byte> contents) => marker switch
    {
        Baseline or ExtendedSequential => contents.Length > 5 && contents[5] is >= 1 and <= MostComponents && contents.Length == 6 + (3 * contents[5]),
        StartOfScan => contents is [>= 1 and <= MostComponents, ..] && contents.Length == 4 + (2 * contents[0])
            && !contents.Contains((byte)0xFF), // where the decoder stops in the middle of a wrong one, it must find no marker
        QuantizationTables => AreQuantizationTables(contents),
        HuffmanTables => AreHuffmanTables(contents),
        RestartInterval => contents.Length == 2,
        >= 0xE0 and <= 0xEF => contents.Length >= 4, // application data; the decoder passes over no less
        Comment => true,
        _ => false,
    };

    private static bool AreQuantizationTables(ReadOnlySpan<byte> tables)
    {
        while (!tables.IsEmpty)
        {
            var (precision, number) = (tables[0] >> 4, tables[0] & 15);
            var length = precision == 0 ? 65 : 129;
            if (precision > 1 || number > 3 || tables.Length < length) return false;
            tables = tables[length..];
        }

        return true;
    }

    private static bool AreHuffmanTables(ReadOnlySpan<byte> tables)
    {
        while (!tables.IsEmpty)
        {
            if (tables.Length < 17 || tables[0] >> 4 > 1 || (tables[0] & 15) > 3) return false;
            var codes = 0;
            foreach (var ofThisLength in tables[1..17]) codes += ofThisLength;
            if (codes > 256 || tables.Length < 17 + codes) return false;
            tables = tables[(17 + codes)..];
        }

        return true;
    }

    private static bool IsDecent(ReadOnlySpan<byte> frame, long mostPixels)
    {
        if (frame[0] != 8) return false;
        long height = BinaryPrimitives.ReadUInt16BigEndian(frame[1..]), width = BinaryPrimitives.ReadUInt16BigEndian(frame[3..]);
        return height > 0 && width > 0 && height * width <= mostPixels;
    }
}
