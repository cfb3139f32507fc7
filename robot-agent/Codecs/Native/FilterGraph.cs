namespace AV1Relay.Codecs.Native;

/// <summary>A chain of FFmpeg filters that starts with a source and ends here. Not thread-safe.</summary>
internal sealed unsafe class FilterGraph : IDisposable
{
    private const string SinkName = "out";

    private readonly nint _sink;
    private nint _graph;
    private nint _frame;

    private FilterGraph(nint graph, nint sink)
    {
        _graph = graph;
        _sink = sink;
        _frame = FFmpeg.av_frame_alloc();
    }

    /// <param name="chain">Ends before the sink.</param>
    /// <param name="sinkKind"><c>buffersink</c> or <c>abuffersink</c>.</param>
    /// <param name="error">FFmpeg's code when this returns null.</param>
    public static FilterGraph? TryOpen(string chain, string sinkKind, out int error)
    {
        var graph = FFmpeg.avfilter_graph_alloc();
        error = FFmpeg.avfilter_graph_parse_ptr(graph, $"{chain},{sinkKind}@{SinkName}", 0, 0, 0);
        if (error >= 0)
        {
            error = FFmpeg.avfilter_graph_config(graph, 0);
        }

        var sink = error < 0 ? 0 : FFmpeg.avfilter_graph_get_filter(graph, $"{sinkKind}@{SinkName}");
        if (sink != 0)
        {
            return new FilterGraph(graph, sink);
        }

        FFmpeg.avfilter_graph_free(ref graph);
        return null;
    }

    /// <summary>The next frame, valid until the next call. May wait for a device.</summary>
    /// <returns>Zero or above, or FFmpeg's error; <see cref="FFmpeg.EndOfFile"/> at the end.</returns>
    public int Next(out AVFrame* frame)
    {
        FFmpeg.av_frame_unref(_frame);
        frame = (AVFrame*)_frame;
        return FFmpeg.av_buffersink_get_frame(_sink, _frame);
    }

    public void Dispose()
    {
        FFmpeg.av_frame_free(ref _frame);
        FFmpeg.avfilter_graph_free(ref _graph);
    }

    /// <summary>Makes any text safe as an option's value: once for the filter's options, once more for the chain.</summary>
    public static string Escape(string value) => Escape(Escape(value, @"\':"), @"\'[],;");

    private static string Escape(string value, string special)
        => string.Concat(value.Select(character => special.Contains(character, StringComparison.Ordinal) ? $"\\{character}" : $"{character}"));
}
