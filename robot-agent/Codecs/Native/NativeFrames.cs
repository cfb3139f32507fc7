namespace AV1Relay.Codecs.Native;

/// <summary>The one field of a frame whose place depends on FFmpeg's major.</summary>
internal static unsafe class NativeFrames
{
    /// <summary>0 lets the encoder choose; 1 asks for a keyframe. Frames from decoders and filters carry others: every one would be a keyframe.</summary>
    public static void SetPictureType(nint frame, int type)
    {
        var offset = NativeLibraries.Version?.PictureTypeOffset ?? throw new CodecException("FFmpeg is not loaded.");
        *(int*)(frame + offset) = type;
    }
}
