using System.Globalization;
using AV1Relay.Codecs.Native;

namespace AV1Relay.Codecs;

/// <summary>One of <see cref="KnownEncoder"/> by FFmpeg, set up so that each picture comes out as soon as it has gone in. Not thread-safe.</summary>
/// <remarks>One thread: VP8 with two spins on a busy machine, and sliced H.264 costs bits. Keyframes come when asked for.</remarks>
public sealed unsafe class VideoEncoder : IVideoEncoder
{
    /// <summary>Enough for any frame at the sizes and rates we send.</summary>
    public const int MaxFrameBytes = 1 << 20;

    private const int PictureTypeUnset = 0;
    private const int PictureTypeI = 1;
    private const int KeyFrameEvery = 36_000; // pictures; 20 minutes: a bound, not a plan

    /// <summary>A bitrate further away than this share opens an encoder anew that can't change in place; a nearer one changes nothing.</summary>
    public const double OpenedAnewBeyond = 0.2;

    private readonly int _framesPerSecond;
    private nint _context;
    private nint _frame;
    private nint _packet;
    private long _lastPts = -1;

    private VideoEncoder(KnownEncoder encoder, int width, int height, int framesPerSecond, int bitrateBps)
    {
        Encoder = encoder;
        Width = width;
        Height = height;
        _framesPerSecond = framesPerSecond;
        BitrateBps = bitrateBps;
        _context = OpenContext();
        _packet = FFmpeg.av_packet_alloc();
        _frame = FFmpeg.av_frame_alloc();
        var frame = (AVFrame*)_frame;
        (frame->Width, frame->Height, frame->Format) = (width, height, FFmpeg.Yuv420P);
        FFmpeg.Check(FFmpeg.av_frame_get_buffer(_frame, 0), "No memory for a picture");
    }

    public KnownEncoder Encoder { get; }

    public VideoCodec Codec => Encoder.Codec;

    public int Width { get; }

    public int Height { get; }

    public bool ChangesInPlace => Encoder == KnownEncoder.X264;

    public int BitrateBps { get; private set; }

    /// <summary>In software.</summary>
    /// <exception cref="CodecException">FFmpeg is missing or refuses; the message says what to do.</exception>
    public static VideoEncoder Open(VideoCodec codec, int width, int height, int framesPerSecond, int bitrateBps)
        => Open(KnownEncoder.SoftwareOf(codec), width, height, framesPerSecond, bitrateBps);

    /// <exception cref="CodecException">FFmpeg is missing or refuses; the message says what to do.</exception>
    public static VideoEncoder Open(KnownEncoder encoder, int width, int height, int framesPerSecond, int bitrateBps)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 16);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 16);
        ArgumentOutOfRangeException.ThrowIfNotEqual(width % 2, 0);
        ArgumentOutOfRangeException.ThrowIfNotEqual(height % 2, 0);
        ArgumentOutOfRangeException.ThrowIfLessThan(framesPerSecond, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(bitrateBps, 10_000);
        FFmpegLibraryOrThrow();
        return new VideoEncoder(encoder, width, height, framesPerSecond, bitrateBps);
    }

    public bool Encode(in I420Planes planes, long pts, bool forceKeyFrame, Span<byte> destination, out int length, out bool isKey)
    {
        ObjectDisposedException.ThrowIf(_context == 0, this);
        length = 0;
        isKey = false;

        FFmpeg.Check(FFmpeg.av_frame_make_writable(_frame), "No memory for a picture");
        var frame = (AVFrame*)_frame;
        I420Planes.Copy(planes, frame->Planes, Width, Height);
        frame->Pts = _lastPts = Math.Max(pts, _lastPts + 1);
        NativeFrames.SetPictureType(_frame, forceKeyFrame ? PictureTypeI : PictureTypeUnset);

        FFmpeg.Check(FFmpeg.avcodec_send_frame(_context, _frame), $"{Codec} encoder");
        var result = FFmpeg.avcodec_receive_packet(_context, _packet);
        if (result == FFmpeg.Again)
        {
            return false;
        }

        FFmpeg.Check(result, $"{Codec} encoder");
        var packet = (AVPacket*)_packet;
        try
        {
            if (packet->Size > destination.Length)
            {
                throw new CodecException($"A frame of {packet->Size} bytes does not fit into {destination.Length}.");
            }

            length = packet->Size;
            isKey = (packet->Flags & AVPacket.FlagKey) != 0;
            new ReadOnlySpan<byte>(packet->Data, length).CopyTo(destination);
            return true;
        }
        finally
        {
            FFmpeg.av_packet_unref(_packet);
        }
    }

    /// <remarks>libx264 changes in place. FFmpeg's others cannot: beyond ±20 % they are opened anew, and the next frame is a keyframe.</remarks>
    public void SetBitrate(int bitrateBps)
    {
        ObjectDisposedException.ThrowIf(_context == 0, this);
        ArgumentOutOfRangeException.ThrowIfLessThan(bitrateBps, 10_000);
        if (bitrateBps == BitrateBps)
        {
            return;
        }

        if (ChangesInPlace)
        {
            BitrateBps = bitrateBps;
            FFmpeg.Check(FFmpeg.av_opt_set_int(_context, "b", bitrateBps, 0), "bitrate");
            FFmpeg.Check(FFmpeg.av_opt_set_int(_context, "maxrate", bitrateBps, 0), "maxrate");
            FFmpeg.Check(FFmpeg.av_opt_set_int(_context, "bufsize", BufferBits, 0), "bufsize");
        }
        else if (Math.Abs(bitrateBps - BitrateBps) > OpenedAnewBeyond * BitrateBps)
        {
            var before = BitrateBps;
            BitrateBps = bitrateBps;
            try
            {
                var context = OpenContext();
                FFmpeg.avcodec_free_context(ref _context);
                _context = context;
            }
            catch (CodecException)
            {
                BitrateBps = before; // the old encoder is still there
                throw;
            }
        }
    }

    public void Dispose()
    {
        FFmpeg.avcodec_free_context(ref _context);
        FFmpeg.av_frame_free(ref _frame);
        FFmpeg.av_packet_free(ref _packet);
    }

    private static void FFmpegLibraryOrThrow()
    {
        if (!FFmpegLibrary.TryLoad(out var problem))
        {
            throw new CodecException(problem);
        }
    }

    /// <summary>How far a frame may exceed its share. H.264 about one frame, so that a large one does not sit in the network's queue;
    /// VP8's control needs more to stay stable.</summary>
    private long BufferBits => Codec == VideoCodec.H264 ? BitrateBps * 3L / 2 / _framesPerSecond : BitrateBps / 5;

    private nint OpenContext()
    {
        static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);

        ReadOnlySpan<(string, string)> common =
        [
            ("video_size", $"{Width}x{Height}"), ("pixel_format", "yuv420p"), ("time_base", $"1/{_framesPerSecond}"),
            ("b", Text(BitrateBps)), ("maxrate", Text(BitrateBps)), ("bufsize", Text(BufferBits)),
            ("bf", "0"), ("threads", "1"), ("g", Text(KeyFrameEvery)),
        ];

        if (Encoder == KnownEncoder.KernelH264)
        {
            return CodecContext.Open(
                FFmpeg.avcodec_find_encoder_by_name(Encoder.Name),
                Encoder.Name,
                [.. common, ("profile", "66"), ("level", "31")], // baseline: what browsers agree to
                []);
        }

        if (Codec == VideoCodec.H264)
        {
            return CodecContext.Open(
                FFmpeg.avcodec_find_encoder_by_name("libx264"),
                "libx264",
                common,
                [
                    ("preset", "ultrafast"), ("tune", "zerolatency"), ("profile", "baseline"), ("level", "3.1"), ("forced-idr", "1"),
                    ("sc_threshold", "0"), // a head that turns is not a scene cut
                ]);
        }

        return CodecContext.Open(
            FFmpeg.avcodec_find_encoder_by_name("libvpx"),
            "libvpx (VP8)",
            [.. common, ("minrate", Text(BitrateBps)), ("keyint_min", Text(KeyFrameEvery)), ("qmin", "2"), ("qmax", "56")],
            [
                ("deadline", "realtime"),
                ("cpu-used", "-8"), // a positive one takes a share of the frame time, whatever the picture needs
                ("lag-in-frames", "0"), ("auto-alt-ref", "0"), ("static-thresh", "1"),
            ]);
    }
}
