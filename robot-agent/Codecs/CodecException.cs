namespace AV1Relay.Codecs;

/// <summary>A codec library or a media source did not do what it was asked to. The message says what to check; technicians read it.</summary>
public sealed class CodecException : Exception
{
    public CodecException(string message)
        : base(message)
    {
    }

    public CodecException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
