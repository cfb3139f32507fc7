using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using AV1Relay.Codecs;
using AV1Relay.Codecs.Native;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace AV1Relay.Tests.Unit.Codecs;

public sealed class MediaInputTests : IDisposable
{
    private const int Width = 160;
    private const int Height = 90;

    private readonly FakeTimeProvider _time = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("media input, [it's]; ");
    private readonly nint _memory = Marshal.AllocHGlobal(Width * Height * 3 / 2);

    private I420Planes Planes => new(
        _memory, Width, _memory + (Width * Height), Width / 2, _memory + (Width * Height * 5 / 4), Width / 2);

    public void Dispose()
    {
        Marshal.FreeHGlobal(_memory);
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_test_picture_comes_in_the_size_asked_for_thirty_times_a_second()
    {
        using var input = MediaInput.OpenVideo("lavfi:testsrc2=size=320x180:rate=30", Width, Height, 30, _time);
        Assert.False(input.IsLive);
        Assert.True(await input.ReadVideoAsync(Planes, CancellationToken.None));
        var first = Checksum();
        var next = input.ReadVideoAsync(Planes, CancellationToken.None).AsTask();
        _time.Advance(TimeSpan.FromMilliseconds(33));
        Assert.False(next.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True(await next.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken));
        Assert.NotEqual(first, Checksum());
    }

    [Fact]
    public async Task A_video_file_loops_and_keeps_its_shape()
    {
        // Three grey pictures of 4:3, brighter each time.
        var file = Path.Combine(_folder.FullName, "clip, 'one'.y4m");
        await using (var stream = File.Create(file))
        {
            stream.Write(Encoding.ASCII.GetBytes("YUV4MPEG2 W64 H48 F30:1 Ip A1:1 C420jpeg\n"));
            foreach (var luma in (byte[])[80, 120, 160])
            {
                stream.Write(Encoding.ASCII.GetBytes("FRAME\n"));
                stream.Write([.. Enumerable.Repeat(luma, 64 * 48), .. Enumerable.Repeat((byte)128, 64 * 24)]);
            }
        }

        using var input = MediaInput.OpenVideo(file, Width, Height, 30, _time);
        var seen = new List<int>();
        for (var n = 0; n < 9; n++)
        {
            Assert.True(await input.ReadVideoAsync(Planes, CancellationToken.None));
            _time.Advance(TimeSpan.FromMilliseconds(34));
            seen.Add(Luma(Width / 2, Height / 2));
            Assert.InRange(Luma(4, Height / 2), 0, 18); // black at the sides
        }

        Assert.True(seen.Distinct().Count() == 3, string.Join(' ', seen));
        Assert.True(seen.Count(luma => luma == seen.Min()) >= 2, string.Join(' ', seen)); // came round again
    }

    [Fact]
    public async Task A_sound_file_comes_as_48_kHz_mono_in_real_time_and_loops()
    {
        var file = Path.Combine(_folder.FullName, "tone.wav");
        await File.WriteAllBytesAsync(file, Wav(sampleRate: 16_000, hertz: 1000, seconds: 0.25), TestContext.Current.CancellationToken);
        using var input = MediaInput.OpenAudio(file, _time);
        var frame = new short[MediaInput.AudioFrameSamples];
        for (var n = 0; n < 40; n++)
        {
            Assert.True(await input.ReadAudioAsync(frame, CancellationToken.None));
            _time.Advance(TimeSpan.FromMilliseconds(20));
            if (n is 5 or 30)
            {
                var crossings = Enumerable.Range(1, frame.Length - 1).Count(i => frame[i - 1] < 0 && frame[i] >= 0);
                Assert.InRange(crossings, 18, 22); // 1 kHz in 20 ms
            }
        }

        var next = input.ReadAudioAsync(frame, CancellationToken.None).AsTask();
        Assert.True(next.IsCompleted);
        Assert.False(input.ReadAudioAsync(frame, CancellationToken.None).AsTask().IsCompleted);
    }

    [Fact]
    public async Task Somebody_who_comes_late_misses_the_past()
    {
        using var input = MediaInput.OpenAudio("lavfi:aevalsrc=t:s=48000", _time); // the value tells the time
        var frame = new short[MediaInput.AudioFrameSamples];
        await input.ReadAudioAsync(frame, CancellationToken.None);
        _time.Advance(TimeSpan.FromMilliseconds(500));
        await input.ReadAudioAsync(frame, CancellationToken.None);
        Assert.InRange(frame[0] / 32768.0, 0.45, 0.53);
    }

    [Fact]
    public async Task A_source_that_ends_says_so()
    {
        using var input = MediaInput.OpenVideo("lavfi:testsrc=duration=0.1:rate=30", Width, Height, 30, _time);
        var pictures = 0;
        while (pictures < 10 && await input.ReadVideoAsync(Planes, CancellationToken.None))
        {
            pictures++;
            _time.Advance(TimeSpan.FromMilliseconds(34));
        }

        Assert.InRange(pictures, 3, 4);
    }

    [Theory]
    [InlineData("/nowhere/clip.mp4", "no file /nowhere/clip.mp4")]
    [InlineData("lavfi:nosuchsource", "does not open")]
    public void A_camera_that_does_not_open_says_what_to_check(string setting, string words)
    {
        var problem = Assert.Throws<CodecException>(() => MediaInput.OpenVideo(setting, Width, Height, 30, _time));
        Assert.Contains(words, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_no_media_is_refused_in_words()
    {
        var file = Path.Combine(_folder.FullName, "letter.bin"); // FFmpeg would play a .txt as a terminal's picture
        File.WriteAllText(file, new string('a', 5000));
        var problem = Assert.Throws<CodecException>(() => MediaInput.OpenVideo(file, Width, Height, 30, _time));
        Assert.Contains("letter.bin does not open", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_a_cameras_pictures_the_newest_is_taken()
    {
        using var mailbox = new NewestPicture(Width, Height);
        mailbox.Put(Filled(10));
        mailbox.Put(Filled(20));
        Assert.True(await mailbox.TakeAsync(Planes, CancellationToken.None));
        Assert.Equal(20, Luma(5, 5));

        var next = mailbox.TakeAsync(Planes, CancellationToken.None).AsTask();
        Assert.False(next.IsCompleted);
        mailbox.End("the camera has gone");
        var problem = await Assert.ThrowsAsync<CodecException>(() => next);
        Assert.Equal("the camera has gone", problem.Message);
    }

    [Fact]
    public async Task Of_a_microphones_sound_no_more_than_a_tenth_of_a_second_waits()
    {
        using var mailbox = new NewestSound();
        for (short n = 0; n < 20; n++)
        {
            mailbox.Put(Enumerable.Repeat(n, 960).ToArray());
        }

        var frame = new short[960];
        Assert.True(await mailbox.TakeAsync(frame, CancellationToken.None));
        Assert.Equal(15, frame[0]);
        mailbox.End(null);
        for (var n = 16; n < 20; n++)
        {
            Assert.True(await mailbox.TakeAsync(frame, CancellationToken.None));
        }

        Assert.False(await mailbox.TakeAsync(frame, CancellationToken.None));
    }

    private static byte[] Wav(int sampleRate, double hertz, double seconds)
    {
        var samples = (int)(sampleRate * seconds);
        var file = new byte[44 + (2 * samples)];
        "RIFF"u8.CopyTo(file);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(4), file.Length - 8);
        "WAVEfmt "u8.CopyTo(file.AsSpan(8));
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(16), 16);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(20), 1);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(22), 1);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(24), sampleRate);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(28), 2 * sampleRate);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(32), 2);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(34), 16);
        "data"u8.CopyTo(file.AsSpan(36));
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(40), 2 * samples);
        for (var i = 0; i < samples; i++)
        {
            BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(44 + (2 * i)), (short)(9000 * Math.Sin(2 * Math.PI * hertz * i / sampleRate)));
        }

        return file;
    }

    private unsafe I420Planes Filled(byte luma)
    {
        new Span<byte>((void*)_memory, Width * Height).Fill(luma);
        return Planes;
    }

    private unsafe int Luma(int x, int y) => ((byte*)_memory)[(y * Width) + x];

    private unsafe long Checksum()
    {
        var sum = 0L;
        foreach (var value in new ReadOnlySpan<byte>((void*)_memory, Width * Height))
        {
            sum = (sum * 31) + value;
        }

        return sum;
    }
}
