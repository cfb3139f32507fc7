using AV1Relay.Hardware;
using AV1Relay.Hardware.Head;
using AV1Relay.Hardware.Lights;
using AV1Relay.RobotAgent.Body;
using AV1Relay.RobotAgent.Doctor;
using AV1Relay.Tests.Unit.Hardware.Linux.Serial;
using AV1Relay.Tests.Unit.Hardware.Linux.ServoBus;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace AV1Relay.Tests.Unit.RobotAgent.Body;

/// <summary>A real body on a board to which little or nothing is connected: each part that is not there is named, the others work.</summary>
public sealed class LinuxBodyTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static readonly LinuxBodyParts Nowhere = new()
    {
        Head = new Sts3215Part(Port: "/dev/ttyNOWHERE"),
        Lights = new(Bus: 97),
        Contacts = new(Chips: ["gpio-nowhere"]),
        Battery = new Max17048Part(Bus: 973),
    };

    [Fact]
    public async Task Each_missing_part_is_named_and_says_what_to_check()
    {
        await using var body = new LinuxBody(Nowhere, TimeProvider.System);
        Assert.Contains("/dev/ttyNOWHERE", await ProblemOf(async () => await body.Head.ReadPoseAsync(CancellationToken.None)), StringComparison.Ordinal);
        Assert.Contains("/dev/ttyNOWHERE", await ProblemOf(async () => await body.Head.HoldAsync()), StringComparison.Ordinal);
        Assert.Contains("dtparam=spi=on", await ProblemOf(async () => await body.Lights.ShowAsync(LightFrame.Dark, CancellationToken.None)), StringComparison.Ordinal);
        Assert.Contains("dtparam=i2c_arm=on", await ProblemOf(async () => await body.Battery!.ReadAsync(CancellationToken.None)), StringComparison.Ordinal); // it has one: Nowhere
        Assert.Contains("gpio-nowhere", await ContactsFaultAsync(body), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_privacy_switch_that_cannot_be_read_is_private()
    {
        await using var body = new LinuxBody(Nowhere, TimeProvider.System);
        await ContactsFaultAsync(body);
        Assert.True(body.PrivacySwitch.IsPrivate);
    }

    [Fact]
    public async Task The_head_works_while_everything_else_is_missing()
    {
        var servosTime = new FakeTimeProvider();
        var wire = new EmulatedServoWire(new EmulatedServo(1, servosTime), new EmulatedServo(2, servosTime));
        using var terminal = new PseudoTerminal(bytes => wire.Take(bytes.Span));
        await using var body = new LinuxBody(Nowhere with { Head = new Sts3215Part(terminal.Path) }, TimeProvider.System);
        await AnswerAsync(async () =>
        {
            await body.Head.MoveToAsync(new HeadPose(20, -10), CancellationToken.None);
            return await body.Head.ReadPoseAsync(CancellationToken.None); // what was sent before it has arrived
        });
        servosTime.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(20, (await AnswerAsync(async () => await body.Head.ReadPoseAsync(CancellationToken.None))).Pan, tolerance: 0.1);
    }

    [Fact]
    public async Task The_doctor_tells_of_each_part_and_goes_on()
    {
        var servosTime = new FakeTimeProvider();
        var wire = new EmulatedServoWire(new EmulatedServo(1, servosTime), new EmulatedServo(2, servosTime));
        using var terminal = new PseudoTerminal(bytes =>
        {
            servosTime.Advance(TimeSpan.FromSeconds(1)); // the servos are quick while they are asked
            return wire.Take(bytes.Span);
        });
        await using var body = new LinuxBody(Nowhere with { Head = new Sts3215Part(terminal.Path) }, TimeProvider.System);
        var checkup = new BodyCheckup(body, TimeProvider.System);

        var head = await AnswerAsync(() => checkup.NodAsync(CancellationToken.None));
        Assert.Equal(Grade.Good, head.Grade);
        Assert.Contains("28 °C, 7.4 V", head.Words, StringComparison.Ordinal);
        await Assert.ThrowsAsync<HardwareException>(() => checkup.LightUpAsync(CancellationToken.None));
        var contacts = await checkup.ReadContactsAsync(CancellationToken.None);
        Assert.Equal(Grade.Bad, contacts.Grade);
        Assert.Contains("gpio-nowhere", contacts.Words, StringComparison.Ordinal);
        Assert.NotEqual(Grade.Bad, checkup.ReadBoard().Grade);
    }

    /// <summary>On a machine that is busy with other tests a terminal may take longer than a servo may: that is asked again.</summary>
    private static async Task<T> AnswerAsync<T>(Func<Task<T>> ask)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (true)
        {
            try
            {
                return await ask();
            }
            catch (HardwareException problem) when (problem.Fault == HardwareFault.Silent && !limit.IsCancellationRequested)
            {
                // Asked again.
            }
        }
    }

    private static async Task<string> ProblemOf(Func<Task> act) => (await Assert.ThrowsAsync<HardwareException>(act)).Message;

    private static async Task<string> ContactsFaultAsync(LinuxBody body)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (body.ContactsFault is null)
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        return body.ContactsFault;
    }
}
