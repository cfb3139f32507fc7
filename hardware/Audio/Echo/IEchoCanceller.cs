namespace AV1Relay.Hardware.Audio.Echo;

/// <summary>Takes out of the microphone's sound what the robot's own speaker put into the room, so that the pupil does not hear themself.</summary>
/// <remarks>Without clock, thread or device. Not thread-safe: the microphone's loop owns it. Nothing is allocated by frame.</remarks>
public interface IEchoCanceller
{
    /// <summary>How much later sound comes out than it went in, milliseconds.</summary>
    double DelayMs { get; }

    /// <summary>RMS of the echo that was subtracted from the last frame: the speaker as the microphone hears it. −100 is none.</summary>
    double EchoDbfs { get; }

    /// <summary>By how many samples the next frame of what is played has to be read faster, or with less than 0 slower, since speaker and
    /// microphone count by two clocks: for <see cref="PlayedSound.Read"/>. 0 where the canceller does not know.</summary>
    double Shift { get; }

    /// <summary>Cleans 20 ms.</summary>
    /// <param name="heard">The microphone's frame (<see cref="PcmFormat.FrameSamples"/> samples).</param>
    /// <param name="played">What was being played while it was captured, as long (<see cref="PlayedSound"/>): not later than its echo in
    /// <paramref name="heard"/>, nor earlier by more than the canceller looks back.</param>
    /// <param name="clean">Where the result goes, as long; may be <paramref name="heard"/> itself.</param>
    /// <exception cref="ArgumentException">A frame of another length.</exception>
    void Process(ReadOnlySpan<short> heard, ReadOnlySpan<short> played, Span<short> clean);
}
