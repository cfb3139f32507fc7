using System.Runtime.InteropServices;
using AV1Relay.Codecs.Native;

namespace AV1Relay.Codecs;

/// <summary>The FFmpeg of this computer.</summary>
public static class FFmpegLibrary
{
    /// <summary>Finds it. Cheap to repeat; call it at start, before anything else of this namespace.</summary>
    /// <param name="problem">What is wrong and what to do about it; empty on success.</param>
    public static bool TryLoad(out string problem)
    {
        NativeLibraries.Install();
        problem = NativeLibraries.FindFFmpeg() ?? "";
        if (problem.Length > 0)
        {
            return false;
        }

        // A library whose soname and contents disagree would crash later, and without words.
        var expected = NativeLibraries.Version?.Codec;
        var actual = FFmpeg.avcodec_version() >> 16;
        if (actual != expected)
        {
            problem = $"libavcodec.so.{expected} says that it is version {actual}: reinstall FFmpeg.";
            return false;
        }

        return true;
    }

    /// <summary>As FFmpeg names itself, for reports.</summary>
    /// <exception cref="CodecException">No FFmpeg.</exception>
    public static string Version => Marshal.PtrToStringUTF8(FFmpeg.av_version_info()) ?? "unknown";
}
