using System.Runtime.CompilerServices;

namespace AV1Relay.WebRtc.Srtp;

/// <summary>Which of the latest <see cref="Length"/> indices have been received (RFC 3711 §3.3.2). A mutable struct: hold it in a field.</summary>
public struct ReplayWindow
{
    /// <summary>Packets. Half a second of video at a high rate may arrive out of order.</summary>
    public const int Length = 1024;

    private const int BitsAWord = 64;

    private Words _words;
    private bool _isStarted;

    /// <summary>The highest index accepted; 0 before the first.</summary>
    public ulong Highest { get; private set; }

    public readonly bool IsStarted => _isStarted;

    /// <summary>Whether an index has been accepted before, or is too old to tell.</summary>
    public readonly bool Contains(ulong index)
    {
        if (!_isStarted || index > Highest) return false;
        if (Highest - index >= Length) return true;
        return (_words[Word(index)] & Bit(index)) != 0;
    }

    /// <summary>Remembers an authenticated index. To be called only when <see cref="Contains"/> says no.</summary>
    public void Accept(ulong index)
    {
        if (!_isStarted || (index > Highest && index - Highest >= Length))
        {
            _words = default;
            Highest = index;
            _isStarted = true;
        }
        else
        {
            while (Highest < index)
            {
                Highest++;
                _words[Word(Highest)] &= ~Bit(Highest); // what was Length packets ago
            }
        }

        _words[Word(index)] |= Bit(index);
    }

    private static int Word(ulong index) => (int)(index % Length / BitsAWord);

    private static ulong Bit(ulong index) => 1UL << (int)(index % BitsAWord);

    [InlineArray(Length / BitsAWord)]
    private struct Words
    {
        private ulong _first;
    }
}
