using System.Globalization;
using AV1Relay.Codecs;
using AV1Relay.Hardware.Camera;
using AV1Relay.WebRtc.Srtp;

namespace AV1Relay.Benchmarks.Video;

/// <summary>One step of a robot's work.</summary>
/// <param name="Name">What is done.</param>
/// <param name="Ms">Of processor time, each.</param>
/// <param name="PerSecond">So often.</param>
internal sealed record BudgetStep(string Name, double Ms, double PerSecond)
{
    // How much longer a Pi's core needs: an assumption (3 to 5 times), until one was measured.
    private const double Pi5 = 3;
    private const double Pi4 = 5;

    private double Percent => Ms * PerSecond / 10;

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"| {Name} | {Ms:0.000} | {PerSecond:0} | {Percent:0.0} | {Percent * Pi5:0} | {Percent * Pi4:0} |");
}

/// <summary>Processor time of each step, one thread, measured by what the process used: a busy machine makes it longer by its caches only.</summary>
internal static unsafe class VideoBudget
{
    private const int Rounds = 6;
    private const double PacketsPerSecond = 190; // 1.2 Mbit/s in packets of 1,100 bytes, and 50 of sound

    public static IEnumerable<BudgetStep> Measure(VideoFormat format, int pictures)
    {
        var whole = format.WithRoomForZoom();
        var size = $"{format.Width}×{format.Height}";
        using var large = new VideoFrame(whole);
        using var view = new VideoFrame(format);
        var scaler = new PictureScaler();
        var packed = new byte[whole.Width * whole.Height * 2];
        new Random(1).NextBytes(packed);
        var jpeg = new JpegPictures(whole);
        using var decoder = new JpegDecoder();

        var rate = format.FramesPerSecond;
        var steps = new List<BudgetStep>
        {
            new($"{size}: JPEG {whole.Width}×{whole.Height} decoded", Time(pictures, n => decoder.TryDecode(jpeg[n], out _)), rate),
            new($"{size}: or YUYV {whole.Width}×{whole.Height} taken apart", Time(pictures, _ => Unpack(packed, whole, large)), rate),
            new($"{size}: scaled, no zoom", Time(pictures, _ => scaler.Scale(PlanarPicture.Of(large), view)), rate),
            new($"{size}: scaled, zoom 1.5", Time(pictures, _ => scaler.Scale(PlanarPicture.Of(large).Crop(CropArea.Zoomed(whole.Width, whole.Height, format, 1.5)), view)), rate),
            new($"{size}: light metered", Time(pictures, _ => LightReading.Of(view)), 2),
        };
        foreach (var encoder in (KnownEncoder[])[KnownEncoder.X264, KnownEncoder.Vpx])
        {
            var bits = format.Width > 640 ? 2_500_000 : 1_200_000;
            steps.Add(new($"{size}: encoded by {encoder.Name}", TimeEncoder(encoder, format, bits, pictures), rate));
        }

        return steps;
    }

    public static IEnumerable<BudgetStep> MeasureSound(int pictures)
    {
        using var encoder = new OpusEncoder();
        using var decoder = new OpusDecoder();
        var pcm = new short[960];
        for (var i = 0; i < pcm.Length; i++) pcm[i] = (short)(6000 * Math.Sin(i * 0.07));
        var packet = new byte[OpusEncoder.MaxPacketBytes];
        var length = encoder.Encode(pcm, packet);
        var heard = new short[960];
        using var sender = SrtpSender.Create(SrtpProfile.AeadAes128Gcm, new byte[16], new byte[12]);
        var rtp = new byte[1_200];
        ushort sequence = 0;
        return
        [
            new("sound: 20 ms encoded", Time(pictures, _ => encoder.Encode(pcm, packet)), 50),
            new("sound: 20 ms decoded", Time(pictures, _ => decoder.Decode(packet.AsSpan(0, length), heard)), 50),
            new("packet of 1,100 bytes protected", Time(pictures, _ => Protect(sender, rtp, ++sequence)), PacketsPerSecond),
        ];
    }

    private static void Protect(SrtpSender sender, byte[] rtp, ushort sequence)
    {
        (rtp[0], rtp[1], rtp[2], rtp[3], rtp[11]) = (0x80, 96, (byte)(sequence >> 8), (byte)sequence, 7);
        if (sender.ProtectRtp(rtp, 1_100) <= 0) throw new InvalidOperationException("A packet was not protected.");
    }

    private static void Unpack(byte[] packed, VideoFormat format, VideoFrame into)
    {
        fixed (byte* first = packed) PackedPixels.FromYuyv(first, format.Width * 2, into);
    }

    private static double TimeEncoder(KnownEncoder known, VideoFormat format, int bitrateBps, int pictures)
    {
        using var encoder = VideoEncoder.Open(known, format.Width, format.Height, format.FramesPerSecond, bitrateBps);
        // A classroom, not noise: what the pupil will be sent.
        var room = new RoomPictures(format);
        var encoded = new byte[VideoEncoder.MaxFrameBytes];
        try
        {
            return Time(pictures, n => encoder.Encode(room.Planes(n), n, forceKeyFrame: false, encoded, out _, out _));
        }
        finally
        {
            room.Dispose();
        }
    }

    /// <returns>Milliseconds of this process's processor time, each: of the best of some rounds, since in the first the code is not compiled to the end.</returns>
    private static double Time(int times, Action<int> step)
    {
        var best = double.MaxValue;
        var each = Math.Max(1, times / Rounds);
        for (var round = 0; round < Rounds; round++)
        {
            var before = Environment.CpuUsage.TotalTime;
            for (var n = 0; n < each; n++) step((round * each) + n);
            best = Math.Min(best, (Environment.CpuUsage.TotalTime - before).TotalMilliseconds / each);
        }

        return best;
    }
}
