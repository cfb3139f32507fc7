using System.Reflection;
using System.Runtime.InteropServices;

namespace AV1Relay.Codecs.Native;

/// <summary>Finds the system's codec libraries by their versioned sonames.</summary>
internal static class NativeLibraries
{
    private const string OpusFileName = "libopus.so.0";
    private const int LowestProbedCodecMajor = 52;
    private const int HighestProbedCodecMajor = 80;

    private static readonly Lock Gate = new();
    private static readonly Dictionary<string, nint> Loaded = [];
    private static bool _isInstalled;

    /// <summary>The FFmpeg in use; null until one was found.</summary>
    public static FFmpegVersion? Version { get; private set; }

    /// <summary>Must have run before the first native call; may run often.</summary>
    public static void Install()
    {
        lock (Gate)
        {
            if (!_isInstalled)
            {
                NativeLibrary.SetDllImportResolver(typeof(NativeLibraries).Assembly, Resolve);
                _isInstalled = true;
            }
        }
    }

    /// <returns>Null when all is well, else what is wrong and what to do.</returns>
    public static string? FindFFmpeg()
    {
        lock (Gate)
        {
            if (Version is not null)
            {
                return null;
            }

            (Version, var problem) = Search(fileName => NativeLibrary.TryLoad(fileName, out _));
            return problem;
        }
    }

    /// <summary>Which FFmpeg to use, and in words why none, by asking for files.</summary>
    /// <param name="canLoad">Whether there is a library of this file name.</param>
    internal static (FFmpegVersion? Version, string? Problem) Search(Func<string, bool> canLoad)
    {
        foreach (var version in FFmpegVersion.Known)
        {
            if (!Has(version.FileNameOf(FFmpeg.Codec))) continue;
            foreach (var library in (string[])[FFmpeg.Util, FFmpeg.Format, FFmpeg.Filter])
            {
                if (Has(version.FileNameOf(library))) continue;
                return (null, $"FFmpeg {version.Name} is incomplete: {version.FileNameOf(library)} is missing. "
                    + "Install libavformat and libavfilter of the same version as libavcodec.");
            }

            return (version, null);
        }

        for (var major = HighestProbedCodecMajor; major >= LowestProbedCodecMajor; major--)
        {
            if (!Has($"libavcodec.so.{major}")) continue;
            return (null, $"This computer has FFmpeg with libavcodec {major}, which this program has not been checked with and refuses. "
                + "It knows FFmpeg 5, 6, 7 and 8 (libavcodec 59 to 62): install one of them.");
        }

        return (null, "FFmpeg's libraries are missing: install libavcodec, libavformat and libavfilter (on Debian: apt install ffmpeg).");

        bool Has(string? fileName) => fileName is not null && canLoad(fileName);
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? searchPath)
    {
        lock (Gate)
        {
            if (Loaded.TryGetValue(name, out var handle))
            {
                return handle;
            }

            if (name == Opus.Library)
            {
                if (!NativeLibrary.TryLoad(OpusFileName, out handle))
                {
                    throw new CodecException("libopus is missing: install it (on Debian: apt install libopus0).");
                }
            }
            else
            {
                if (FindFFmpeg() is { } problem)
                {
                    throw new CodecException(problem);
                }

                var fileName = Version?.FileNameOf(name);
                if (fileName is null)
                {
                    return 0; // not ours: the runtime's own search goes on
                }

                if (!NativeLibrary.TryLoad(fileName, out handle))
                {
                    throw new CodecException($"{fileName} is missing: install it (on Debian: apt install ffmpeg).");
                }
            }

            return Loaded[name] = handle;
        }
    }
}
