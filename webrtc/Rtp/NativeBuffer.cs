using System.Runtime.InteropServices;

namespace AV1Relay.WebRtc.Rtp;

/// <summary>Bytes outside the managed heap: arrays of this size would go to the large object heap, and have everything collected, at a stop of many milliseconds.</summary>
/// <remarks>Not thread-safe. Cleared when given back, so that no media stays in memory that is lent again; empty afterwards.</remarks>
internal sealed unsafe class NativeBuffer : SafeHandle
{
    private int _length;

    /// <exception cref="OutOfMemoryException">There is none.</exception>
    public NativeBuffer(int length)
        : base(0, ownsHandle: true)
    {
        SetHandle((nint)NativeMemory.Alloc((nuint)length));
        _length = length;
    }

    public override bool IsInvalid => handle == 0;

    /// <summary>Not initialised. Valid until <see cref="SafeHandle.Dispose()"/>; whoever holds it keeps the buffer alive.</summary>
    public Span<byte> Bytes => new((void*)handle, _length);

    protected override bool ReleaseHandle()
    {
        Bytes.Clear();
        _length = 0;
        NativeMemory.Free((void*)handle);
        SetHandle(0);
        return true;
    }
}
