using System.Device.Gpio;
using AV1Relay.Hardware.Linux.Gpio;
using Microsoft.Extensions.Time.Testing;

namespace AV1Relay.Tests.Unit.Hardware.Linux.Gpio;

/// <summary>Contacts on a fake chip with a clock of their own.</summary>
internal sealed class GpioBench : IAsyncDisposable
{
    private readonly FakeTimeProvider _time = new();
    private GpioInputs? _inputs;

    public FakeGpioDriver Chip { get; private set; } = new();

    public string? Fault => _inputs?.Fault;

    /// <summary>Thrown by opening the chip; null opens it.</summary>
    public Exception? Refusal { get; set; }

    public int Openings { get; private set; }

    public GpioBench With(params GpioContact[] contacts)
    {
        _inputs = new(Open, _time, contacts);
        Pass(100);
        return this;
    }

    /// <summary>Lets milliseconds pass, one look after the other.</summary>
    public void Pass(int milliseconds)
    {
        for (var i = 0; i < milliseconds; i++) _time.Advance(TimeSpan.FromMilliseconds(1));
    }

    public void Ground(int line, bool isGrounded)
    {
        if (isGrounded) Chip.Grounded.Add(line);
        else Chip.Grounded.Remove(line);
    }

    public void PressAndLetGo(int line)
    {
        Ground(line, true);
        Pass(80);
        Ground(line, false);
        Pass(80);
    }

    public ValueTask DisposeAsync() => _inputs?.DisposeAsync() ?? ValueTask.CompletedTask;

    private GpioController Open()
    {
        Openings++;
        if (Refusal is not null) throw Refusal;
        if (Chip.IsDisposed) Chip = new();
        return new(Chip);
    }
}
