using AV1Relay.Hardware;
using AV1Relay.Hardware.Head;
using AV1Relay.Hardware.Linux.Head;
using AV1Relay.Hardware.Linux.Serial;
using AV1Relay.Hardware.Linux.ServoBus;
using AV1Relay.Tests.Unit.Hardware.Head;
using AV1Relay.Tests.Unit.Hardware.Linux.Serial;
using AV1Relay.Tests.Unit.Hardware.Linux.ServoBus;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace AV1Relay.Tests.Unit.Hardware.Linux.Head;

/// <summary>The head through the system's own serial port code and a pseudo-terminal of the kernel's, emulated servos at its far end.</summary>
public sealed class ServoBusHeadOnATerminalTests : HeadContract, IDisposable
{
    private readonly FakeTimeProvider _servosTime = new();
    private readonly EmulatedServo _pan;
    private readonly EmulatedServo _tilt;
    private readonly EmulatedServoWire _wire;
    private readonly PseudoTerminal _terminal;

    public ServoBusHeadOnATerminalTests()
    {
        (_pan, _tilt) = (new(1, _servosTime), new(2, _servosTime));
        _wire = new(_pan, _tilt);
        _terminal = new(bytes => _wire.Take(bytes.Span));
    }

    public void Dispose() => _terminal.Dispose();

    private protected override IHead Create() => Create(_terminal.Path);

    /// <summary>With patience: on a machine that is busy with other tests a terminal may take longer than a servo may.</summary>
    private static ServoBusHead Create(string port) =>
        new(new StsBus(new SerialLine(port, StsBus.BaudRate), TimeProvider.System, TimeSpan.FromSeconds(1)), new(new(1), new(2)), TimeProvider.System);

    private protected override async Task SettleAsync(IHead head)
    {
        await head.ReadPoseAsync(CancellationToken.None); // what was sent before it has arrived
        _servosTime.Advance(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task An_adapter_that_echoes_and_a_wire_with_noise_change_nothing()
    {
        (_wire.Echoes, _wire.Noise, _wire.AnswersToSpoil) = (true, [0x00, 0xFF, 0xFF, 0x01], 1);
        await using var head = Create();
        await head.MoveToAsync(new HeadPose(45, 15), CancellationToken.None);
        await SettleAsync(head);
        var pose = await head.ReadPoseAsync(CancellationToken.None);
        Assert.Equal(45, pose.Pan, tolerance: 0.1);
        Assert.Equal(15, pose.Tilt, tolerance: 0.1);
    }

    [Fact]
    public async Task Bytes_that_a_terminal_would_take_for_itself_arrive()
    {
        await using var head = Create();
        foreach (var step in (int[])[0x0303, 0x0A0A, 0x0D0D, 0x0411, 0x0B13]) // interrupt, line feed, carriage return, end, stop
        {
            await head.MoveToAsync(new HeadPose((step - 2048) * 360 / 4096.0, 0), CancellationToken.None);
            await head.ReadPoseAsync(CancellationToken.None);
            Assert.Equal(step, _pan.Goal);
        }
    }

    [Fact]
    public async Task A_silent_servo_is_named()
    {
        _tilt.IsSilent = true;
        await using var head = ServoBusHead.OnSerialPort(_terminal.Path, new(new(1), new(2)), TimeProvider.System);
        var problem = await Assert.ThrowsAsync<HardwareException>(async () => await head.ReadPoseAsync(CancellationToken.None));
        Assert.Equal(HardwareFault.Silent, problem.Fault);
        Assert.Contains(_terminal.Path, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_adapter_that_takes_nothing_any_more_is_named()
    {
        using var hangs = new ManualResetEventSlim();
        using var terminal = new PseudoTerminal(_ =>
        {
            hangs.Wait();
            return [];
        });
        var bus = new StsBus(new SerialLine(terminal.Path, StsBus.BaudRate), TimeProvider.System);
        try
        {
            var problem = await Assert.ThrowsAsync<HardwareException>(async () =>
            {
                while (true) await bus.WriteAllAsync(StsRegister.Acceleration, StsRegister.GoalLength, new byte[1 + StsRegister.GoalLength], CancellationToken.None);
            }).WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System, TestContext.Current.CancellationToken);
            Assert.Equal(HardwareFault.Silent, problem.Fault);
        }
        finally
        {
            hangs.Set();
            await bus.DisposeAsync();
        }
    }

    [Fact]
    public async Task An_adapter_that_goes_is_named()
    {
        await using var head = Create();
        await head.ReadPoseAsync(CancellationToken.None);
        _terminal.Dispose();
        var problem = await Assert.ThrowsAsync<HardwareException>(async () => await head.ReadPoseAsync(CancellationToken.None));
        Assert.Equal(HardwareFault.Missing, problem.Fault);
        Assert.Contains("servo adapter", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_that_is_not_there_is_named_and_opened_once_it_is()
    {
        var link = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N"));
        await using var head = Create(link);
        var problem = await Assert.ThrowsAsync<HardwareException>(async () => await head.ReadPoseAsync(CancellationToken.None));
        Assert.Equal(HardwareFault.Missing, problem.Fault);
        File.CreateSymbolicLink(link, _terminal.Path);
        try
        {
            await head.ReadPoseAsync(CancellationToken.None);
        }
        finally
        {
            File.Delete(link);
        }
    }
}
