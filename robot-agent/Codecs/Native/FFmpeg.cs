using System.Runtime.InteropServices;
using System.Text;

namespace AV1Relay.Codecs.Native;

/// <summary>The functions of FFmpeg that we call. Contexts are opaque: everything is set through AVOptions.</summary>
internal static unsafe partial class FFmpeg
{
    public const string Util = "avutil";
    public const string Codec = "avcodec";
    public const string Format = "avformat";
    public const string Filter = "avfilter";

    public const int Again = -11; // AVERROR(EAGAIN) on Linux
    public const int EndOfFile = -541478725; // AVERROR_EOF
    public const int StreamNotFound = -1381258232; // AVERROR_STREAM_NOT_FOUND
    public const int InvalidData = -1094995529; // AVERROR_INVALIDDATA
    public const int Yuv420P = 0; // AV_PIX_FMT_YUV420P
    public const int Yuv422P = 4;
    public const int Yuv444P = 5;
    public const int YuvJ420P = 12; // AV_PIX_FMT_YUVJ420P, full range
    public const int YuvJ422P = 13;
    public const int YuvJ444P = 14;
    public const int LogQuiet = -8;

    private const StringMarshalling Utf8 = StringMarshalling.Utf8;

    static FFmpeg()
    {
        NativeLibraries.Install();
        if (NativeLibraries.FindFFmpeg() is { } problem)
        {
            throw new CodecException(problem);
        }

        av_log_set_level(LogQuiet); // our own messages say what to do
    }

    [LibraryImport(Util)]
    public static partial uint avutil_version();

    [LibraryImport(Codec)]
    public static partial uint avcodec_version();

    [LibraryImport(Util)]
    public static partial nint av_version_info();

    [LibraryImport(Util)]
    public static partial int av_strerror(int error, byte* buffer, nuint size);

    [LibraryImport(Util)]
    public static partial void av_log_set_level(int level);

    [LibraryImport(Util, StringMarshalling = Utf8)]
    public static partial int av_opt_set(nint target, string name, string value, int searchFlags);

    [LibraryImport(Util, StringMarshalling = Utf8)]
    public static partial int av_opt_set_int(nint target, string name, long value, int searchFlags);

    [LibraryImport(Util, StringMarshalling = Utf8)]
    public static partial int av_dict_set(ref nint dictionary, string key, string value, int flags);

    [LibraryImport(Util)]
    public static partial int av_dict_get_string(nint dictionary, out nint text, byte keySeparator, byte pairSeparator);

    [LibraryImport(Util)]
    public static partial void av_dict_free(ref nint dictionary);

    [LibraryImport(Util)]
    public static partial void av_free(nint memory);

    [LibraryImport(Util)]
    public static partial nint av_frame_alloc();

    [LibraryImport(Util)]
    public static partial void av_frame_free(ref nint frame);

    [LibraryImport(Util)]
    public static partial void av_frame_unref(nint frame);

    [LibraryImport(Util)]
    public static partial int av_frame_get_buffer(nint frame, int align);

    [LibraryImport(Util)]
    public static partial int av_frame_make_writable(nint frame);

    [LibraryImport(Codec)]
    public static partial nint av_packet_alloc();

    [LibraryImport(Codec)]
    public static partial void av_packet_free(ref nint packet);

    [LibraryImport(Codec)]
    public static partial void av_packet_unref(nint packet);

    [LibraryImport(Codec)]
    public static partial int av_new_packet(nint packet, int size);

    [LibraryImport(Codec, StringMarshalling = Utf8)]
    public static partial nint avcodec_find_encoder_by_name(string name);

    [LibraryImport(Codec, StringMarshalling = Utf8)]
    public static partial nint avcodec_find_decoder_by_name(string name);

    [LibraryImport(Codec)]
    public static partial nint avcodec_alloc_context3(nint codec);

    [LibraryImport(Codec)]
    public static partial void avcodec_free_context(ref nint context);

    [LibraryImport(Codec)]
    public static partial int avcodec_open2(nint context, nint codec, ref nint options);

    [LibraryImport(Codec)]
    public static partial int avcodec_send_frame(nint context, nint frame);

    [LibraryImport(Codec)]
    public static partial int avcodec_receive_packet(nint context, nint packet);

    [LibraryImport(Codec)]
    public static partial int avcodec_send_packet(nint context, nint packet);

    [LibraryImport(Codec)]
    public static partial int avcodec_receive_frame(nint context, nint frame);

    [LibraryImport(Filter)]
    public static partial nint avfilter_graph_alloc();

    [LibraryImport(Filter)]
    public static partial void avfilter_graph_free(ref nint graph);

    [LibraryImport(Filter, StringMarshalling = Utf8)]
    public static partial int avfilter_graph_parse_ptr(nint graph, string description, nint inputs, nint outputs, nint logContext);

    [LibraryImport(Filter)]
    public static partial int avfilter_graph_config(nint graph, nint logContext);

    [LibraryImport(Filter, StringMarshalling = Utf8)]
    public static partial nint avfilter_graph_get_filter(nint graph, string name);

    [LibraryImport(Filter)]
    public static partial int av_buffersink_get_frame(nint sink, nint frame);

    /// <exception cref="CodecException">The result is an error code.</exception>
    public static void Check(int result, string what)
    {
        if (result < 0)
        {
            throw new CodecException($"{what}: {Describe(result)}.");
        }
    }

    public static string Describe(int error)
    {
        const int Size = 128;
        var buffer = stackalloc byte[Size];
        return av_strerror(error, buffer, Size) < 0
            ? $"error {error}"
            : Encoding.UTF8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(buffer));
    }
}
