namespace AV1Relay.WebRtc.Sdp;

/// <summary>Cuts text into "x=value" lines, counting them; ends at the first fault.</summary>
internal ref struct SdpLineReader(ReadOnlySpan<char> text)
{
    private ReadOnlySpan<char> _rest = text;

    public int Number { get; private set; }

    /// <summary>Set when <see cref="TryNext"/> ended before the text did.</summary>
    public string? Fault { get; private set; }

    public char Type { get; private set; }

    /// <summary>The value without spaces around it.</summary>
    public ReadOnlySpan<char> Value { get; private set; }

    public bool TryNext()
    {
        while (!_rest.IsEmpty)
        {
            var end = _rest.IndexOfAny('\r', '\n');
            var line = (end < 0 ? _rest : _rest[..end]).TrimEnd(' ');
            var breakLength = end < 0 ? 0 : _rest[end..].StartsWith("\r\n") ? 2 : 1;
            _rest = end < 0 ? default : _rest[(end + breakLength)..];
            Number++;
            if (Number > SdpLimits.Lines) return Fail($"more than {SdpLimits.Lines} lines.");
            if (line.IsEmpty) continue;
            if (line.Length > SdpLimits.LineCharacters) return Fail($"longer than {SdpLimits.LineCharacters} characters.");
            if (line.Length < 2 || line[1] != '=' || !char.IsAsciiLetterLower(line[0])) return Fail("every line starts with a small letter and '='.");
            if (line.Contains('\0')) return Fail("a zero character.");
            Type = line[0];
            Value = line[2..].TrimStart(' ');
            return true;
        }

        return false;
    }

    private bool Fail(string words)
    {
        Fault = words;
        return false;
    }
}
