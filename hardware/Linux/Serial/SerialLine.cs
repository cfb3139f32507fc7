using System.IO.Ports;

namespace AV1Relay.Hardware.Linux.Serial;

/// <summary>A serial port of the system, 8N1, raw. It opens with its first use and again after it has gone, so that an adapter may be
/// unplugged and come back.</summary>
/// <remarks>DTR and RTS are left alone: a pseudo-terminal refuses them, and servo adapters need neither.</remarks>
/// <param name="port">The device's path, or <see cref="SerialAdapters.Auto"/>.</param>
/// <param name="baudRate">Bits a second.</param>
internal sealed class SerialLine(string port, int baudRate) : ISerialLine
{
    private SerialPort? _open;
    private bool _isDisposed;

    public string Name => _open?.PortName ?? port;

    public void DiscardInput() => Try(Open(), static open => open.DiscardInBuffer());

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        var open = Open();
        try
        {
            await open.BaseStream.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception problem) when (IsLoss(problem))
        {
            throw Gone(problem);
        }
    }

    public async ValueTask<int> ReadAsync(Memory<byte> into, CancellationToken cancellationToken)
    {
        var open = Open();
        try
        {
            var count = await open.BaseStream.ReadAsync(into, cancellationToken).ConfigureAwait(false);
            return count > 0 ? count : throw Gone(null);
        }
        catch (Exception problem) when (IsLoss(problem))
        {
            throw Gone(problem);
        }
    }

    public ValueTask DisposeAsync()
    {
        _isDisposed = true;
        Close();
        return ValueTask.CompletedTask;
    }

    private static bool IsLoss(Exception problem) => problem is IOException or InvalidOperationException or UnauthorizedAccessException;

    private SerialPort Open()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (_open is { } open) return open;

        var path = SerialAdapters.Resolve(port);
        if (!File.Exists(path))
            throw new HardwareException(HardwareFault.Missing, $"There is no serial port {path}: is the servo adapter plugged in?");
        var opening = new SerialPort(path, baudRate, Parity.None, 8, StopBits.One);
        try
        {
            opening.Open();
            return _open = opening;
        }
        catch (UnauthorizedAccessException problem)
        {
            opening.Dispose();
            throw new HardwareException(
                HardwareFault.Refused, $"Serial port {path} may not be opened: the robot's user must be in the group dialout, and no other program may use it.", problem);
        }
        catch (Exception problem) when (problem is IOException or ArgumentException or InvalidOperationException)
        {
            opening.Dispose();
            throw new HardwareException($"Serial port {path} does not open at {baudRate} baud ({problem.Message}): is it the servo adapter?", problem);
        }
    }

    private void Try(SerialPort open, Action<SerialPort> act)
    {
        try
        {
            act(open);
        }
        catch (Exception problem) when (IsLoss(problem))
        {
            throw Gone(problem);
        }
    }

    private HardwareException Gone(Exception? problem)
    {
        var name = Name;
        Close();
        return new(HardwareFault.Missing, $"Serial port {name} has gone: is the servo adapter plugged in?", problem);
    }

    private void Close()
    {
        try
        {
            _open?.Dispose();
        }
        catch (Exception problem) when (IsLoss(problem))
        {
            // It has gone already.
        }

        _open = null;
    }
}
