namespace AV1Relay.RelayServer.Health;

/// <summary>Tells when the just-in-time compiler has been busy, and has rested since. Sans-I/O.</summary>
internal sealed class CompilerRest
{
    internal const long WorthTrimming = 100; // methods: fewer leave little behind

    private long _toldAt;
    private long _seenBefore;

    /// <summary>To be asked at even intervals.</summary>
    /// <param name="compiled">Methods compiled since the process started.</param>
    /// <returns>True once for each busy time: none was compiled since the last look, and many since this was last true.</returns>
    public bool HasLeftMuch(long compiled)
    {
        var isAtRest = compiled == _seenBefore;
        _seenBefore = compiled;
        if (!isAtRest || compiled - _toldAt < WorthTrimming) return false;
        _toldAt = compiled;
        return true;
    }
}
