using System.Globalization;
using AV1Relay.Codecs;
using AV1Relay.Codecs.Native;
using AV1Relay.Hardware.Camera;

namespace AV1Relay.Benchmarks.Video;

/// <summary>The virtual classroom as a USB camera would compress it.</summary>
internal sealed unsafe class JpegPictures
{
    private const int Count = 4;
    private readonly byte[][] _pictures = new byte[Count][];

    public JpegPictures(VideoFormat format)
    {
        using var room = new RoomPictures(format);
        var rate = format.FramesPerSecond.ToString(CultureInfo.InvariantCulture);
        var context = CodecContext.Open(
            FFmpeg.avcodec_find_encoder_by_name("mjpeg"), "mjpeg",
            [("video_size", $"{format.Width}x{format.Height}"), ("pixel_format", "yuvj420p"), ("time_base", $"1/{rate}"), ("b", "40000000"), ("threads", "1")], []);
        var frame = FFmpeg.av_frame_alloc();
        var packet = FFmpeg.av_packet_alloc();
        try
        {
            var native = (AVFrame*)frame;
            (native->Width, native->Height, native->Format) = (format.Width, format.Height, FFmpeg.YuvJ420P);
            FFmpeg.Check(FFmpeg.av_frame_get_buffer(frame, 0), "picture");
            for (var n = 0; n < Count; n++)
            {
                FFmpeg.Check(FFmpeg.av_frame_make_writable(frame), "picture");
                I420Planes.Copy(RoomPictures.PlanesOf(room[n]), native->Planes, format.Width, format.Height);
                native->Pts = n;
                FFmpeg.Check(FFmpeg.avcodec_send_frame(context, frame), "mjpeg");
                FFmpeg.Check(FFmpeg.avcodec_receive_packet(context, packet), "mjpeg");
                _pictures[n] = new ReadOnlySpan<byte>(((AVPacket*)packet)->Data, ((AVPacket*)packet)->Size).ToArray();
                FFmpeg.av_packet_unref(packet);
            }
        }
        finally
        {
            FFmpeg.avcodec_free_context(ref context);
            FFmpeg.av_frame_free(ref frame);
            FFmpeg.av_packet_free(ref packet);
        }
    }

    public byte[] this[int number] => _pictures[number % Count];
}
