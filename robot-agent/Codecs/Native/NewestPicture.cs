using System.Runtime.InteropServices;

namespace AV1Relay.Codecs.Native;

/// <summary>One picture between a capturing thread and a reader: a newer one replaces one that nobody took.</summary>
internal sealed class NewestPicture : IDisposable
{
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _arrived = new(0, 1);
    private readonly int _width;
    private readonly int _height;
    private nint _memory;
    private bool _isFresh;
    private bool _hasEnded;
    private string? _failure;

    public NewestPicture(int width, int height)
    {
        _width = width;
        _height = height;
        _memory = Marshal.AllocHGlobal(width * height * 3 / 2);
    }

    private I420Planes Planes => new(
        _memory, _width, _memory + (_width * _height), _width / 2, _memory + (_width * _height * 5 / 4), _width / 2);

    public void Put(in I420Planes picture)
    {
        lock (_gate)
        {
            if (_memory != 0)
            {
                I420Planes.Copy(picture, Planes, _width, _height);
                _isFresh = true;
                Signal();
            }
        }
    }

    /// <param name="failure">Null: an ordinary end.</param>
    public void End(string? failure)
    {
        lock (_gate)
        {
            _hasEnded = true;
            _failure = failure;
            Signal();
        }
    }

    /// <returns>False at the end.</returns>
    /// <exception cref="CodecException">The source failed.</exception>
    public async ValueTask<bool> TakeAsync(I420Planes into, CancellationToken cancellationToken)
    {
        while (true)
        {
            await _arrived.WaitAsync(cancellationToken).ConfigureAwait(false);
            lock (_gate)
            {
                if (_isFresh && _memory != 0)
                {
                    I420Planes.Copy(Planes, into, _width, _height);
                    _isFresh = false;
                    if (_hasEnded)
                    {
                        Signal();
                    }

                    return true;
                }

                if (_hasEnded)
                {
                    Signal(); // whoever asks again is told again
                    return _failure is null ? false : throw new CodecException(_failure);
                }
            }
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            Marshal.FreeHGlobal(_memory);
            _memory = 0;
            _hasEnded = true;
            Signal();
        }
    }

    private void Signal()
    {
        if (_arrived.CurrentCount == 0)
        {
            _arrived.Release();
        }
    }
}
