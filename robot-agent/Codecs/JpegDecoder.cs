using System.Globalization;
using AV1Relay.Codecs.Native;

namespace AV1Relay.Codecs;

/// <summary>A JPEG picture, full range. It lies in the decoder's memory and is valid until the decoder's next call.</summary>
/// <param name="Planes">Where it lies.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="ChromaShiftX">1: chroma has half the width.</param>
/// <param name="ChromaShiftY">1: chroma has half the height.</param>
public readonly record struct JpegPicture(I420Planes Planes, int Width, int Height, int ChromaShiftX, int ChromaShiftY);

/// <summary>Decodes the Motion JPEG of cameras, tables left out or not. Not thread-safe.</summary>
public sealed unsafe class JpegDecoder : IDisposable
{
    private const int MostPixels = 4096 * 2304;

    private nint _context;
    private nint _frame;
    private nint _packet;

    /// <exception cref="CodecException">FFmpeg is missing or lacks the decoder.</exception>
    public JpegDecoder()
    {
        if (!FFmpegLibrary.TryLoad(out var problem)) throw new CodecException(problem);
        _context = CodecContext.Open(
            FFmpeg.avcodec_find_decoder_by_name("mjpeg"), "mjpeg",
            [("threads", "1"), ("flags", "low_delay"), ("max_pixels", MostPixels.ToString(CultureInfo.InvariantCulture))], []);
        _packet = FFmpeg.av_packet_alloc();
        _frame = FFmpeg.av_frame_alloc();
    }

    /// <returns>False: it is damaged, is more than a camera's (<see cref="JpegMarkers"/>), or has other than 8 bits or three planes.</returns>
    public bool TryDecode(ReadOnlySpan<byte> encoded, out JpegPicture picture)
    {
        ObjectDisposedException.ThrowIf(_context == 0, this);
        picture = default;
        return JpegMarkers.IsPlain(encoded, MostPixels, out var length) // an empty packet is not: it would mean "no more pictures"
            && TryDecodeUnseen(encoded[..length], out picture);
    }

    /// <summary>Whatever it is: for tests of what FFmpeg itself refuses.</summary>
    internal bool TryDecodeUnseen(ReadOnlySpan<byte> encoded, out JpegPicture picture)
    {
        picture = default;
        FFmpeg.Check(FFmpeg.av_new_packet(_packet, encoded.Length), "No memory for a picture");
        encoded.CopyTo(new Span<byte>(((AVPacket*)_packet)->Data, encoded.Length));
        var result = FFmpeg.avcodec_send_packet(_context, _packet);
        FFmpeg.av_packet_unref(_packet);
        if (result < 0 || FFmpeg.avcodec_receive_frame(_context, _frame) < 0) return false;

        var frame = (AVFrame*)_frame;
        (int X, int Y)? shift = frame->Format switch
        {
            FFmpeg.Yuv420P or FFmpeg.YuvJ420P => (1, 1),
            FFmpeg.Yuv422P or FFmpeg.YuvJ422P => (1, 0),
            FFmpeg.Yuv444P or FFmpeg.YuvJ444P => (0, 0),
            _ => null,
        };
        if (shift is not { } known || frame->Width < 1 || frame->Height < 1) return false;
        picture = new(frame->Planes, frame->Width, frame->Height, known.X, known.Y);
        return true;
    }

    public void Dispose()
    {
        FFmpeg.avcodec_free_context(ref _context);
        FFmpeg.av_frame_free(ref _frame);
        FFmpeg.av_packet_free(ref _packet);
    }
}
