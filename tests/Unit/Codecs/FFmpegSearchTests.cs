using AV1Relay.Codecs.Native;
using Xunit;

namespace AV1Relay.Tests.Unit.Codecs;

/// <summary>Which FFmpeg is taken, and what is said when none can be.</summary>
public sealed class FFmpegSearchTests
{
    private static readonly string[] Debian12 = ["libavcodec.so.59", "libavutil.so.57", "libavformat.so.59", "libavfilter.so.8"];
    private static readonly string[] Debian13 = ["libavcodec.so.61", "libavutil.so.59", "libavformat.so.61", "libavfilter.so.10"];

    [Fact]
    public void A_known_FFmpeg_is_taken()
    {
        Assert.Equal(59, NativeLibraries.Search(Debian12.Contains).Version?.Codec);
        Assert.Equal(61, NativeLibraries.Search(Debian13.Contains).Version?.Codec);
    }

    [Fact]
    public void An_unknown_major_version_is_refused_in_words()
    {
        var (version, problem) = NativeLibraries.Search(name => name.EndsWith(".so.66", StringComparison.Ordinal));

        Assert.Null(version);
        Assert.Contains("libavcodec 66", problem, StringComparison.Ordinal);
        Assert.Contains("install one of them", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Libraries_of_two_versions_are_never_mixed()
    {
        var (version, problem) = NativeLibraries.Search(name => name is "libavcodec.so.59" or "libavutil.so.57" or "libavformat.so.61" or "libavfilter.so.10");

        Assert.Null(version);
        Assert.Contains("libavformat.so.59 is missing", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_any_FFmpeg_the_words_say_what_to_install()
        => Assert.Contains("apt install", NativeLibraries.Search(_ => false).Problem, StringComparison.Ordinal);
}
