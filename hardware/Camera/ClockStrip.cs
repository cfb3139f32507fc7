namespace AV1Relay.Hardware.Camera;

/// <summary>What a clock strip says.</summary>
/// <param name="UnixTenthsMs">Time of capture in tenths of a millisecond since the Unix epoch, modulo 2^44 (55 years).</param>
/// <param name="Pose">Of the camera at that time, in steps of 0.01° and 1/256.</param>
/// <param name="FrameCounter">Counts pictures, modulo 2^16.</param>
public readonly record struct ClockStripReading(long UnixTenthsMs, ViewPose Pose, ushort FrameCounter);

/// <summary>Two rows of black and white cells along the bottom of a picture, which survive a video codec: capture time, pose, frame counter.</summary>
/// <remarks>
/// A row has 80 cells, a cell is width/80 pixels each way. Upper row: sync 1010, 44 bits of time, 8 bits of CRC.
/// Lower row: sync 1010, pan 16 bits ((pan+180)·100), tilt 16 bits ((tilt+90)·100), zoom 12 bits (zoom·256−1), counter 16 bits, CRC.
/// Most significant bit first. CRC-8 with polynomial 0x07 from 0, over the bits filled up with leading zeros to whole bytes.
/// </remarks>
public static class ClockStrip
{
    public const int CellsPerRow = 80;
    public const int TimeBits = 44;

    private const byte White = 235;
    private const byte Black = 16;
    private const byte NoColor = 128;
    private const byte Threshold = (White + Black) / 2;
    private const int SyncBits = 4;
    private const ulong Sync = 0b1010;
    private const int PoseBits = 60;
    private const int CrcBits = 8;

    /// <summary>The part of <see cref="ClockStripReading.UnixTenthsMs"/> that fits.</summary>
    public static long Wrap(long unixTenthsMs) => unixTenthsMs & ((1L << TimeBits) - 1);

    /// <summary>Stamps a picture. Its width should be a multiple of 80; cells past the last whole one stay black.</summary>
    public static void Write(VideoFrame frame, long unixTenthsMs, in ViewPose pose, ushort frameCounter)
    {
        var cell = frame.Width / CellsPerRow;
        var top = frame.Height - (2 * cell);
        if (cell < 2 || top < 0)
        {
            throw new ArgumentException("A picture with a clock strip is at least 160 pixels wide.", nameof(frame));
        }

        var chromaTop = top / 2;
        frame.U[(chromaTop * frame.UStride)..].Fill(NoColor);
        frame.V[(chromaTop * frame.VStride)..].Fill(NoColor);

        var time = (ulong)Wrap(unixTenthsMs);
        WriteRow(frame, top, cell, time, TimeBits);

        var pan = ToBits((pose.Pan + 180) * 100, 16);
        var tilt = ToBits((pose.Tilt + 90) * 100, 16);
        var zoom = ToBits((pose.Zoom * 256) - 1, 12);
        WriteRow(frame, top + cell, cell, (pan << 44) | (tilt << 28) | (zoom << 16) | frameCounter, PoseBits);
    }

    /// <summary>Reads the strip of a picture's luma, decoded or not.</summary>
    /// <returns>False when there is none, or a bit of it was lost.</returns>
    public static bool TryRead(ReadOnlySpan<byte> luma, int stride, int width, int height, out ClockStripReading reading)
    {
        reading = default;
        var cell = width / CellsPerRow;
        var top = height - (2 * cell);
        if (cell < 2 || top < 0 || luma.Length < ((long)stride * (height - 1)) + width)
        {
            return false;
        }

        if (!TryReadRow(luma[(top * stride)..], stride, cell, TimeBits, out var time)
            || !TryReadRow(luma[((top + cell) * stride)..], stride, cell, PoseBits, out var pose))
        {
            return false;
        }

        reading = new ClockStripReading(
            (long)time,
            new ViewPose(
                ((pose >> 44 & 0xFFFF) / 100.0) - 180,
                ((pose >> 28 & 0xFFFF) / 100.0) - 90,
                ((pose >> 16 & 0xFFF) + 1) / 256.0),
            (ushort)pose);
        return true;
    }

    public static bool TryRead(VideoFrame frame, out ClockStripReading reading)
        => TryRead(frame.Y, frame.YStride, frame.Width, frame.Height, out reading);

    private static ulong ToBits(double value, int bits) => (ulong)Math.Clamp(Math.Round(value), 0, (1 << bits) - 1);

    private static void WriteRow(VideoFrame frame, int top, int cell, ulong value, int bits)
    {
        // 4 + 60 + 8 bits do not fit 64: each part is written on its own.
        var first = frame.Y.Slice(top * frame.YStride, frame.Width);
        first.Fill(Black);
        WriteBits(first, 0, cell, Sync, SyncBits);
        WriteBits(first, SyncBits, cell, value, bits);
        WriteBits(first, SyncBits + bits, cell, Crc8(value, bits), CrcBits);
        for (var row = 1; row < cell; row++)
        {
            first.CopyTo(frame.Y[((top + row) * frame.YStride)..]);
        }
    }

    private static void WriteBits(Span<byte> row, int firstCell, int cell, ulong value, int bits)
    {
        for (var bit = 0; bit < bits; bit++)
        {
            if ((value >> (bits - 1 - bit) & 1) != 0)
            {
                row.Slice((firstCell + bit) * cell, cell).Fill(White);
            }
        }
    }

    private static bool TryReadRow(ReadOnlySpan<byte> rows, int stride, int cell, int bits, out ulong value)
    {
        value = 0;
        if (ReadBits(rows, stride, cell, 0, SyncBits) != Sync)
        {
            return false;
        }

        value = ReadBits(rows, stride, cell, SyncBits, bits);
        return ReadBits(rows, stride, cell, SyncBits + bits, CrcBits) == Crc8(value, bits);
    }

    private static ulong ReadBits(ReadOnlySpan<byte> rows, int stride, int cell, int firstCell, int bits)
    {
        // The middle half of a cell: its rim is blurred into the neighbours by the codec.
        var inset = cell / 4;
        var size = cell - (2 * inset);
        ulong value = 0;
        for (var bit = 0; bit < bits; bit++)
        {
            var sum = 0;
            for (var y = inset; y < inset + size; y++)
            {
                foreach (var luma in rows.Slice((y * stride) + ((firstCell + bit) * cell) + inset, size))
                {
                    sum += luma;
                }
            }

            value = (value << 1) | (sum > Threshold * size * size ? 1u : 0u);
        }

        return value;
    }

    private static byte Crc8(ulong value, int bits)
    {
        byte crc = 0;
        for (var index = ((bits + 7) / 8) - 1; index >= 0; index--)
        {
            crc ^= (byte)(value >> (8 * index));
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (byte)((crc & 0x80) != 0 ? (crc << 1) ^ 0x07 : crc << 1);
            }
        }

        return crc;
    }
}
