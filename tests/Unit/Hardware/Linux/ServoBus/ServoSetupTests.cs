using AV1Relay.Hardware;
using AV1Relay.Hardware.Linux.ServoBus;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace AV1Relay.Tests.Unit.Hardware.Linux.ServoBus;

public sealed class ServoSetupTests
{
    private readonly FakeTimeProvider _time = new() { AutoAdvanceAmount = TimeSpan.FromMilliseconds(1) };

    [Fact]
    public async Task Servos_are_found_with_where_they_are()
    {
        var found = await On(new(1, _time, position: 2100), new(2, _time, position: 1990)).FindAsync(CancellationToken.None);

        Assert.Equal([new(1, 2100, 28, 7.4), new(2, 1990, 28, 7.4)], found);
    }

    [Fact]
    public async Task A_servo_takes_another_number_lets_go_and_keeps_the_number_from_then_on()
    {
        var servo = new EmulatedServo(1, _time);

        await On(servo).RenumberAsync(1, 2, CancellationToken.None);

        Assert.Equal(2, servo.Id);
        Assert.False(servo.HasTorque);
        Assert.Equal(1, servo.Read(55, 1)[0]); // locked again
    }

    [Fact]
    public async Task A_number_that_is_taken_is_not_given_twice()
    {
        var (first, second) = (new EmulatedServo(1, _time), new EmulatedServo(2, _time));

        var problem = await Assert.ThrowsAsync<HardwareException>(async () => await On(first, second).RenumberAsync(1, 2, CancellationToken.None));

        Assert.Contains("one servo at a time", problem.Message, StringComparison.Ordinal);
        Assert.Equal(1, first.Id);
    }

    [Fact]
    public async Task A_servo_that_keeps_its_number_is_told_and_locked_again()
    {
        var servo = new EmulatedServo(1, _time) { KeepsNumber = true };

        var problem = await Assert.ThrowsAsync<HardwareException>(async () => await On(servo).RenumberAsync(1, 2, CancellationToken.None));

        Assert.Contains("did not take number 2", problem.Message, StringComparison.Ordinal);
        Assert.Equal(1, servo.Read(55, 1)[0]);
    }

    [Fact]
    public async Task A_servo_that_is_not_there_is_told_by_its_number()
    {
        var problem = await Assert.ThrowsAsync<HardwareException>(async () => await On().RenumberAsync(3, 2, CancellationToken.None));

        Assert.Contains("number 3", problem.Message, StringComparison.Ordinal);
    }

    private ServoSetup On(params EmulatedServo[] servos) => new(new StsBus(new FakeSerialLine(new(servos), _time), _time));
}
