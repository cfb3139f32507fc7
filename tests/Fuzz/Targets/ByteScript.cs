namespace AV1Relay.Tests.Fuzz.Targets;

/// <summary>Reads an input as a script: choices and pieces of bytes. At its end everything is 0 or empty.</summary>
internal ref struct ByteScript(ReadOnlySpan<byte> script)
{
    private ReadOnlySpan<byte> _rest = script;

    public readonly bool IsOver => _rest.IsEmpty;

    public byte Byte()
    {
        if (_rest.IsEmpty) return 0;
        var value = _rest[0];
        _rest = _rest[1..];
        return value;
    }

    public int Choice(int among) => Byte() % among;

    /// <summary>A piece whose length, at most 255, the script says.</summary>
    public ReadOnlySpan<byte> Piece()
    {
        var length = Math.Min(Byte(), _rest.Length);
        var piece = _rest[..length];
        _rest = _rest[length..];
        return piece;
    }

    /// <summary>Changes some bytes, the length, or nothing of something genuine.</summary>
    public byte[] Changed(byte[] genuine)
    {
        var bytes = genuine.ToList();
        for (var changes = Byte() % 8; changes > 0 && bytes.Count > 0; changes--)
        {
            var at = (Byte() << 8 | Byte()) % bytes.Count;
            switch (Byte() % 5)
            {
                case 0:
                    bytes[at] ^= (byte)(1 << (Byte() % 8));
                    break;
                case 1:
                    bytes[at] = Byte();
                    break;
                case 2:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
                case 3:
                    bytes.InsertRange(at, Piece());
                    break;
                default:
                    bytes.RemoveRange(at, Math.Min(Byte(), bytes.Count - at));
                    break;
            }
        }

        return [.. bytes];
    }
}
