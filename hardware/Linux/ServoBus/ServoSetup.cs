using AV1Relay.Hardware.Linux.Serial;

namespace AV1Relay.Hardware.Linux.ServoBus;

/// <summary>What a technician does with bus servos before they are a head: finds them and gives them numbers.</summary>
public sealed class ServoSetup : IAsyncDisposable
{
    /// <summary>Numbers that are looked for; new servos have 1.</summary>
    public const int HighestLookedFor = 12;

    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromMilliseconds(50);
    private readonly StsBus _bus;

    internal ServoSetup(StsBus bus) => _bus = bus;

    /// <param name="port">A serial port's path, or <c>auto</c> for the one USB adapter.</param>
    /// <param name="time">Measures the waiting.</param>
    public static ServoSetup OnSerialPort(string port, TimeProvider time) => new(new StsBus(new SerialLine(port, StsBus.BaudRate), time, AnswerTimeout));

    /// <summary>Asks each number up to <see cref="HighestLookedFor"/>.</summary>
    /// <exception cref="HardwareException">The port does not open, or more than one servo answers to a number.</exception>
    public async ValueTask<IReadOnlyList<FoundServo>> FindAsync(CancellationToken cancellationToken)
    {
        var found = new List<FoundServo>();
        for (byte id = 1; id <= HighestLookedFor; id++)
        {
            if (await TryReadAsync(id, cancellationToken).ConfigureAwait(false) is { } reading)
                found.Add(new(id, reading.Position, reading.Celsius, reading.Volts));
        }

        return found;
    }

    /// <summary>Gives a servo another number, which outlasts its power.</summary>
    /// <exception cref="HardwareException">It is not there, the number is taken, or it did not take it; the message says what to do.</exception>
    public async ValueTask RenumberAsync(byte from, byte to, CancellationToken cancellationToken)
    {
        if (from == to) return;
        if (await TryReadAsync(to, cancellationToken).ConfigureAwait(false) is not null)
            throw new HardwareException(HardwareFault.Refused, $"There is a servo with number {to} on the wire: take it off, and number one servo at a time.");
        if (await TryReadAsync(from, cancellationToken).ConfigureAwait(false) is null)
            throw new HardwareException(HardwareFault.Silent, $"No servo with number {from} answers: check its plug and power. New ones have number 1.");

        await WriteAsync(from, StsRegister.TorqueEnable, 0, cancellationToken).ConfigureAwait(false);
        try
        {
            await WriteAsync(from, StsRegister.Lock, 0, cancellationToken).ConfigureAwait(false);
            await WriteAsync(from, StsRegister.Id, to, cancellationToken).ConfigureAwait(false); // answers under either number: seen by reading
        }
        finally
        {
            // Under whichever number it has now, and whatever went wrong on the way.
            await WriteAsync(to, StsRegister.Lock, 1, CancellationToken.None).ConfigureAwait(false);
            await WriteAsync(from, StsRegister.Lock, 1, CancellationToken.None).ConfigureAwait(false);
        }

        if (await TryReadAsync(to, cancellationToken).ConfigureAwait(false) is null)
            throw new HardwareException(HardwareFault.Silent, $"The servo did not take number {to}: switch its power off and on, and try again.");
    }

    public ValueTask DisposeAsync() => _bus.DisposeAsync();

    private async ValueTask<ServoReading?> TryReadAsync(byte id, CancellationToken cancellationToken)
    {
        var state = new byte[StsRegister.StateLength];
        var answer = await _bus.ReadAsync(id, StsRegister.TorqueEnable, state, cancellationToken).ConfigureAwait(false);
        return answer.Outcome switch
        {
            StsOutcome.Answered => ServoReading.Read(state),
            StsOutcome.Noisy => throw new HardwareException(
                HardwareFault.Noisy, $"Number {id} can't be understood: two servos may have it. Leave one on the wire, give it another number, then plug in the next."),
            _ => null,
        };
    }

    private async ValueTask WriteAsync(byte id, byte register, byte value, CancellationToken cancellationToken) =>
        await _bus.WriteAsync(id, register, new[] { value }, cancellationToken).ConfigureAwait(false);
}

/// <summary>A servo that answered.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Steps">Where it is, 0…4095; 2048 is its middle.</param>
/// <param name="Celsius">How warm.</param>
/// <param name="Volts">Its supply.</param>
public sealed record FoundServo(byte Id, int Steps, int Celsius, double Volts);
