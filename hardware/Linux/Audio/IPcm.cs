namespace AV1Relay.Hardware.Linux.Audio;

/// <summary>ALSA's side of an open card, call by call; mono, 48 kHz. No call waits. Errors are ALSA's negative numbers.</summary>
internal interface IPcm : IDisposable
{
    /// <summary>As people know it: <c>plughw:1,0</c>.</summary>
    string Name { get; }

    /// <returns>How many samples were taken, or an error; <see cref="Alsa.Again"/> when the queue is full.</returns>
    int Write(ReadOnlySpan<short> samples);

    /// <returns>How many samples were given, or an error; <see cref="Alsa.Again"/> when none has come.</returns>
    int Read(Span<short> samples);

    /// <summary>Begins to capture. Playing begins by itself, when the queue is full.</summary>
    /// <returns>0, or an error.</returns>
    int Start();

    /// <summary>Samples that wait: written and not yet heard, or heard and not yet read.</summary>
    /// <returns>0 or more, or an error.</returns>
    int Delay();

    /// <summary>Makes it ready again after an error: what waited is lost.</summary>
    /// <returns>0, or an error that lasts.</returns>
    int Recover(int error);
}
