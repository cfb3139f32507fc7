using AV1Relay.Codecs.Native;

namespace AV1Relay.Codecs;

/// <summary>Pictures or sound from any file or URL that FFmpeg opens, in the robot's own formats. Devices have drivers of their own.</summary>
/// <remarks>
/// A live stream is read by a thread of its own, and readers get the newest picture. Files are paced in real time and loop.
/// <c>lavfi:</c> and a chain of FFmpeg's own sources (<c>lavfi:testsrc2</c>) is for tests. Not thread-safe: one loop reads.
/// </remarks>
public sealed class MediaInput : IDisposable
{
    /// <summary>Samples of the 20 ms that <see cref="ReadAudioAsync"/> gives.</summary>
    public const int AudioFrameSamples = 960;

    private static readonly TimeSpan AudioInterval = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan StopLimit = TimeSpan.FromMilliseconds(500);

    private readonly MediaSource _source;
    private readonly FilterGraph _graph;
    private readonly TimeProvider _time;
    private readonly TimeSpan _interval;
    private readonly int _width;
    private readonly int _height;
    private readonly NewestPicture? _picture;
    private readonly NewestSound? _sound;
    private readonly Thread? _capture;
    private readonly short[] _pending = new short[48_000];
    private readonly long _startedAt;
    private int _pendingCount;
    private long _next;
    private volatile bool _isStopping;

    private MediaInput(MediaSource source, FilterGraph graph, TimeProvider time, TimeSpan interval, int width, int height)
    {
        _source = source;
        _graph = graph;
        _time = time;
        _interval = interval;
        _width = width;
        _height = height;
        _startedAt = time.GetTimestamp();
        if (source.IsLive)
        {
            _picture = width > 0 ? new NewestPicture(width, height) : null;
            _sound = width > 0 ? null : new NewestSound();
            _capture = new Thread(Capture) { IsBackground = true, Name = $"capture {source.Setting}" };
            _capture.Start();
        }
    }

    /// <summary>Comes at its own pace.</summary>
    public bool IsLive => _source.IsLive;

    /// <param name="setting">A file, a URL, or <c>lavfi:</c> and a filter chain.</param>
    /// <param name="width">Of the pictures that come out; others are scaled, and framed in black where the shape differs.</param>
    /// <param name="height">Likewise.</param>
    /// <param name="framesPerSecond">Exactly for files; of live streams at most.</param>
    /// <param name="time">Paces files.</param>
    /// <exception cref="CodecException">It does not open; the message says what to check.</exception>
    public static MediaInput OpenVideo(string setting, int width, int height, int framesPerSecond, TimeProvider time)
    {
        ThrowWithoutFFmpeg();
        var source = MediaSource.Video(setting, width, height, framesPerSecond);
        return new(source, Open(source, "buffersink"), time, TimeSpan.FromSeconds(1.0 / framesPerSecond), width, height);
    }

    /// <param name="setting">A file, a URL, or <c>lavfi:</c> and a filter chain.</param>
    /// <param name="time">Paces files.</param>
    /// <exception cref="CodecException">It does not open; the message says what to check.</exception>
    public static MediaInput OpenAudio(string setting, TimeProvider time)
    {
        ThrowWithoutFFmpeg();
        var source = MediaSource.Audio(setting);
        return new(source, Open(source, "abuffersink"), time, AudioInterval, 0, 0);
    }

    /// <summary>Waits for the next picture and copies it.</summary>
    /// <returns>False when the source has ended.</returns>
    /// <exception cref="CodecException">The source failed.</exception>
    public async ValueTask<bool> ReadVideoAsync(I420Planes into, CancellationToken cancellationToken)
    {
        if (_picture is not null)
        {
            return await _picture.TakeAsync(into, cancellationToken).ConfigureAwait(false);
        }

        var skipped = await WaitForTurnAsync(cancellationToken).ConfigureAwait(false);
        for (; skipped > 0; skipped--)
        {
            if (!NextPicture(default))
            {
                return false;
            }
        }

        return NextPicture(into);
    }

    /// <summary>Waits for the next 20 ms: <see cref="AudioFrameSamples"/> samples, 48 kHz, mono.</summary>
    /// <returns>False when the source has ended.</returns>
    /// <exception cref="CodecException">The source failed.</exception>
    public async ValueTask<bool> ReadAudioAsync(Memory<short> frame, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(frame.Length, AudioFrameSamples);
        if (_sound is not null)
        {
            return await _sound.TakeAsync(frame, cancellationToken).ConfigureAwait(false);
        }

        var skipped = await WaitForTurnAsync(cancellationToken).ConfigureAwait(false);
        for (; skipped >= 0; skipped--)
        {
            if (!NextSound(frame.Span))
            {
                return false;
            }
        }

        return true;
    }

    public void Dispose()
    {
        _isStopping = true;
        if (_capture is null)
        {
            _graph.Dispose();
            return;
        }

        // The thread may sit in a network that does not answer: it then frees the graph itself, late or never. No device of the robot's hangs on it.
        _capture.Join(StopLimit);
        _picture?.Dispose();
        _sound?.Dispose();
    }

    private static void ThrowWithoutFFmpeg()
    {
        if (!FFmpegLibrary.TryLoad(out var problem))
        {
            throw new CodecException(problem);
        }
    }

    private static FilterGraph Open(MediaSource source, string sinkKind)
    {
        return FilterGraph.TryOpen(source.Chain, sinkKind, out var error) ?? throw new CodecException(source.Explain(error));
    }

    /// <returns>How many frames are to be thrown away first, because nobody came for them: at most a second's.</returns>
    private async ValueTask<int> WaitForTurnAsync(CancellationToken cancellationToken)
    {
        var due = _interval * _next;
        var now = _time.GetElapsedTime(_startedAt);
        while (now < due)
        {
            // Whole milliseconds: Task.Delay drops fractions, and the rest would be waited for by spinning.
            await Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling((due - now).TotalMilliseconds)), _time, cancellationToken)
                .ConfigureAwait(false);
            now = _time.GetElapsedTime(_startedAt);
        }

        cancellationToken.ThrowIfCancellationRequested();
        var current = (long)(now / _interval);
        var late = current - _next;
        if (late <= 1)
        {
            _next++;
            return 0;
        }

        _next = current + 1;
        return (int)Math.Min(late, TimeSpan.FromSeconds(1) / _interval);
    }

    private unsafe bool NextPicture(I420Planes into)
    {
        var result = _graph.Next(out var frame);
        if (result == FFmpeg.EndOfFile)
        {
            return false;
        }

        FFmpeg.Check(result, _source.Setting);
        if (into.Y != 0)
        {
            I420Planes.Copy(frame->Planes, into, _width, _height);
        }

        return true;
    }

    private unsafe bool NextSound(Span<short> frame)
    {
        while (_pendingCount < frame.Length)
        {
            var result = _graph.Next(out var sound);
            if (result == FFmpeg.EndOfFile)
            {
                return false;
            }

            FFmpeg.Check(result, _source.Setting);
            var samples = new ReadOnlySpan<short>(sound->Data0, Math.Min(sound->SampleCount, _pending.Length - _pendingCount));
            samples.CopyTo(_pending.AsSpan(_pendingCount));
            _pendingCount += samples.Length;
        }

        _pending.AsSpan(0, frame.Length).CopyTo(frame);
        _pendingCount -= frame.Length;
        _pending.AsSpan(frame.Length, _pendingCount).CopyTo(_pending);
        return true;
    }

    private unsafe void Capture()
    {
        var problem = default(string);
        var spacing = _interval * 0.7; // a camera that is faster than asked for is thinned out
        var lastAt = TimeSpan.MinValue;
        while (!_isStopping)
        {
            var result = _graph.Next(out var frame);
            if (result < 0)
            {
                problem = result == FFmpeg.EndOfFile ? null : _source.Explain(result);
                break;
            }

            if (_sound is not null)
            {
                _sound.Put(new ReadOnlySpan<short>(frame->Data0, frame->SampleCount));
                continue;
            }

            var now = _time.GetElapsedTime(_startedAt);
            if (lastAt == TimeSpan.MinValue || now - lastAt >= spacing)
            {
                _picture?.Put(frame->Planes);
                lastAt = now;
            }
        }

        _picture?.End(problem);
        _sound?.End(problem);
        _graph.Dispose();
    }
}
