namespace AV1Relay.Hardware.Linux.Camera;

/// <summary>What waiting at a video node ended with.</summary>
internal enum NodeEvent
{
    /// <summary>A picture is there, or an error that the next call tells.</summary>
    Ready,
    Woken,
    TimedOut,
}

/// <summary>The kernel's side of a video node, call by call.</summary>
internal interface IVideoNode : IDisposable
{
    /// <summary>As people know it: <c>/dev/video0</c>.</summary>
    string Name { get; }

    /// <summary>An ioctl. Never waits for a picture.</summary>
    /// <returns>0, or the error's number.</returns>
    int Call<T>(uint request, ref T argument)
        where T : unmanaged;

    /// <summary>Makes a buffer of the kernel's readable.</summary>
    /// <returns>Its first byte; 0 when the kernel refuses.</returns>
    nint Map(uint offset, uint length);

    void Unmap(nint start, uint length);

    /// <summary>Waits until there is a picture, <see cref="Wake"/> was called since the last wait, or the time is over.</summary>
    NodeEvent Wait(TimeSpan limit);

    /// <summary>Ends a <see cref="Wait"/>, or the next one. Any thread.</summary>
    void Wake();
}
