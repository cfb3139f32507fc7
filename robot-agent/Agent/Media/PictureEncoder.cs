using System.Globalization;
using AV1Relay.Codecs;
using AV1Relay.Hardware.Camera;

namespace AV1Relay.RobotAgent.Media;

/// <summary>A picture, the encoder that it goes into, and the frame that comes out. The encoder works on the pool's threads: one that hangs holds its memory
/// and the one thread, and nothing of the camera's.</summary>
/// <remarks>Not thread-safe, and one call at a time. Hardware is reached through a driver, which may never answer.</remarks>
/// <param name="format">Of the picture.</param>
/// <param name="open">Opens an encoder for pictures of that format, aiming at so many bits/s.</param>
/// <param name="time">Says when it hangs.</param>
internal sealed class PictureEncoder(VideoFormat format, Func<KnownEncoder, VideoFormat, int, IVideoEncoder> open, TimeProvider time) : IDisposable
{
    internal static readonly TimeSpan HangsAfter = TimeSpan.FromSeconds(3); // many times what a busy board needs

    private readonly byte[] _frame = GC.AllocateUninitializedArray<byte>(VideoEncoder.MaxFrameBytes);
    private IVideoEncoder? _encoder;
    private int _frameBytes;
    private Task _work = Task.CompletedTask;

    /// <summary>To be filled before <see cref="EncodeAsync"/>, and left alone until it has returned.</summary>
    public VideoFrame Picture { get; } = new(format);

    /// <summary>What was opened last, or failed to open; null before.</summary>
    public KnownEncoder? Encoder { get; private set; }

    /// <inheritdoc cref="IVideoEncoder.BitrateBps"/>
    public int BitrateBps => _encoder?.BitrateBps ?? 0;

    /// <inheritdoc cref="IVideoEncoder.ChangesInPlace"/>
    public bool ChangesInPlace => _encoder is { ChangesInPlace: true };

    /// <summary>What the last picture became; until the next one.</summary>
    public ReadOnlySpan<byte> Frame => _frame.AsSpan(0, _frameBytes);

    /// <summary>After <see cref="Dispose"/>: completes when the encoder has let go, which one that hangs does not.</summary>
    public Task Released { get; private set; } = Task.CompletedTask;

    /// <summary>In the place of the one before.</summary>
    /// <exception cref="CodecException">It does not open, or hangs, or the one before does; <see cref="Encoder"/> says which.</exception>
    public async Task OpenAsync(KnownEncoder encoder, int bitrateBps, CancellationToken cancellationToken)
    {
        if (_encoder is not null) await DoAsync(Close, cancellationToken); // on its own: what hangs here is the one before
        Encoder = encoder;
        await DoAsync(() => _encoder = open(encoder, format, bitrateBps), cancellationToken);
    }

    /// <inheritdoc cref="IVideoEncoder.SetBitrate"/>
    /// <exception cref="CodecException">It refuses, or hangs.</exception>
    public Task SetBitrateAsync(int bitrateBps, CancellationToken cancellationToken) => DoAsync(() => Opened.SetBitrate(bitrateBps), cancellationToken);

    /// <summary>Makes <see cref="Frame"/> of <see cref="Picture"/>.</summary>
    /// <returns>False when the encoder kept the picture back.</returns>
    /// <exception cref="CodecException">It failed, or hangs.</exception>
    public async Task<bool> EncodeAsync(long pts, bool forceKeyFrame, CancellationToken cancellationToken)
    {
        var isThere = false;
        await DoAsync(Encode, cancellationToken);
        return isThere;

        void Encode()
        {
            var planes = new I420Planes(Picture.YPointer, Picture.YStride, Picture.UPointer, Picture.UStride, Picture.VPointer, Picture.VStride);
            isThere = Opened.Encode(planes, pts, forceKeyFrame, _frame, out _frameBytes, out _);
        }
    }

    /// <summary>Returns at once; the memory is freed when the encoder has let go of it.</summary>
    public void Dispose() => Released = _work.ContinueWith(
        (work, _) =>
        {
            _ = work.Exception; // was told to whoever waited, or came too late for anybody
            Close();
            Picture.Dispose();
        },
        null, TaskScheduler.Default);

    private IVideoEncoder Opened => _encoder ?? throw new InvalidOperationException("No encoder is open.");

    private void Close()
    {
        _encoder?.Dispose();
        _encoder = null;
    }

    private async Task DoAsync(Action work, CancellationToken cancellationToken)
    {
        _work = Task.Run(work, CancellationToken.None);
        try
        {
            await _work.WaitAsync(HangsAfter, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            throw new CodecException(string.Create(CultureInfo.InvariantCulture, $"{Encoder?.Name} hangs: no answer in {HangsAfter.TotalSeconds:0} s."));
        }
    }
}
