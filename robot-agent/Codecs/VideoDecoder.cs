using AV1Relay.Codecs.Native;

namespace AV1Relay.Codecs;

/// <summary>A decoded picture. It lies in the decoder's memory and is valid until the decoder's next call.</summary>
/// <param name="Planes">Where it lies.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Pts">As given with the frame.</param>
public readonly record struct DecodedPicture(I420Planes Planes, int Width, int Height, long Pts);

/// <summary>Decodes what <see cref="VideoEncoder"/> makes: for the self-test, tests and measurements. Not thread-safe.</summary>
public sealed unsafe class VideoDecoder : IDisposable
{
    private nint _context;
    private nint _frame;
    private nint _packet;

    /// <exception cref="CodecException">FFmpeg is missing or lacks the decoder.</exception>
    public VideoDecoder(VideoCodec codec)
    {
        if (!FFmpegLibrary.TryLoad(out var problem))
        {
            throw new CodecException(problem);
        }

        var name = codec == VideoCodec.H264 ? "h264" : "vp8";
        _context = CodecContext.Open(FFmpeg.avcodec_find_decoder_by_name(name), name, [("threads", "1"), ("flags", "low_delay")], []);
        _packet = FFmpeg.av_packet_alloc();
        _frame = FFmpeg.av_frame_alloc();
    }

    /// <returns>False when no picture came out: a damaged frame, or one that needs frames never received.</returns>
    public bool Decode(ReadOnlySpan<byte> encoded, long pts, out DecodedPicture picture)
    {
        ObjectDisposedException.ThrowIf(_context == 0, this);
        picture = default;
        if (encoded.IsEmpty)
        {
            return false; // an empty packet would mean "no more frames"
        }

        FFmpeg.Check(FFmpeg.av_new_packet(_packet, encoded.Length), "No memory for a frame");
        var packet = (AVPacket*)_packet;
        encoded.CopyTo(new Span<byte>(packet->Data, encoded.Length));
        packet->Pts = pts;
        var result = FFmpeg.avcodec_send_packet(_context, _packet);
        FFmpeg.av_packet_unref(_packet);
        if (result < 0 || FFmpeg.avcodec_receive_frame(_context, _frame) < 0)
        {
            return false;
        }

        var frame = (AVFrame*)_frame;
        if (frame->Format is not (FFmpeg.Yuv420P or FFmpeg.YuvJ420P))
        {
            return false;
        }

        picture = new DecodedPicture(frame->Planes, frame->Width, frame->Height, frame->Pts);
        return true;
    }

    public void Dispose()
    {
        FFmpeg.avcodec_free_context(ref _context);
        FFmpeg.av_frame_free(ref _frame);
        FFmpeg.av_packet_free(ref _packet);
    }
}
