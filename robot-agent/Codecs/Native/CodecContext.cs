using System.Runtime.InteropServices;

namespace AV1Relay.Codecs.Native;

/// <summary>Makes encoder and decoder contexts from options alone.</summary>
internal static class CodecContext
{
    /// <param name="codec">From <c>avcodec_find_…</c>.</param>
    /// <param name="name">For messages.</param>
    /// <param name="options">Of every codec, set on the context.</param>
    /// <param name="privateOptions">Of this codec alone; one that it does not know is an error, not a shrug.</param>
    /// <exception cref="CodecException">An option was refused, or the codec did not open.</exception>
    public static nint Open(
        nint codec,
        string name,
        ReadOnlySpan<(string Name, string Value)> options,
        ReadOnlySpan<(string Name, string Value)> privateOptions)
    {
        if (codec == 0)
        {
            throw new CodecException($"FFmpeg on this computer lacks {name}: install the full ffmpeg package.");
        }

        var context = FFmpeg.avcodec_alloc_context3(codec);
        nint dictionary = 0;
        try
        {
            foreach (var (option, value) in options)
            {
                FFmpeg.Check(FFmpeg.av_opt_set(context, option, value, 0), $"{name} refused {option}={value}");
            }

            foreach (var (option, value) in privateOptions)
            {
                FFmpeg.Check(FFmpeg.av_dict_set(ref dictionary, option, value, 0), $"{name}: {option}");
            }

            FFmpeg.Check(FFmpeg.avcodec_open2(context, codec, ref dictionary), $"{name} did not open");
            if (dictionary != 0)
            {
                throw new CodecException($"{name} does not know the option {LeftOver(dictionary)}.");
            }

            return context;
        }
        catch
        {
            FFmpeg.avcodec_free_context(ref context);
            throw;
        }
        finally
        {
            FFmpeg.av_dict_free(ref dictionary);
        }
    }

    private static string LeftOver(nint dictionary)
    {
        FFmpeg.Check(FFmpeg.av_dict_get_string(dictionary, out var text, (byte)'=', (byte)' '), "options");
        var words = Marshal.PtrToStringUTF8(text) ?? "";
        FFmpeg.av_free(text);
        return words;
    }
}
