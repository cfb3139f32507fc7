using AV1Relay.Hardware;
using AV1Relay.Hardware.Linux.ServoBus;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace AV1Relay.Tests.Unit.Hardware.Linux.ServoBus;

public sealed class StsBusTests : IAsyncDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly EmulatedServo _servo;
    private readonly EmulatedServoWire _wire;
    private readonly FakeSerialLine _line;
    private readonly StsBus _bus;
    private readonly byte[] _present = new byte[StsRegister.StateLength];

    public StsBusTests()
    {
        _servo = new(1, _time, position: 1234);
        _wire = new(_servo);
        _line = new(_wire, _time);
        _bus = new(_line, _time);
    }

    public ValueTask DisposeAsync() => _bus.DisposeAsync();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_servo_is_read_whether_the_adapter_echoes_or_not(bool echoes)
    {
        _wire.Echoes = echoes;
        Assert.Equal(StsOutcome.Answered, (await ReadAsync()).Outcome);
        Assert.Equal(1234, ServoReading.Read(_present).Position);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_write_is_answered_whether_the_adapter_echoes_or_not(bool echoes)
    {
        _wire.Echoes = echoes;
        var answer = await _bus.WriteAsync(1, StsRegister.TorqueEnable, new byte[] { 1 }, CancellationToken.None);
        Assert.Equal(StsOutcome.Answered, answer.Outcome);
        Assert.True(_servo.HasTorque);
    }

    [Fact]
    public async Task An_echo_alone_is_no_answer()
    {
        (_wire.Echoes, _servo.IsSilent) = (true, true);
        Assert.Equal(StsOutcome.Silent, (await ReadAsync()).Outcome);
    }

    [Fact]
    public async Task A_read_whose_echo_would_look_like_its_answer_is_refused() =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await _bus.ReadAsync(1, 56, new byte[2], CancellationToken.None));

    [Fact]
    public async Task One_lost_answer_is_asked_for_again()
    {
        _wire.AnswersToLose = 1;
        Assert.Equal(StsOutcome.Answered, (await ReadAsync()).Outcome);
        Assert.Equal(2, _wire.Requests.Count);
    }

    [Fact]
    public async Task A_spoiled_answer_is_asked_for_again()
    {
        _wire.AnswersToSpoil = 2;
        Assert.Equal(StsOutcome.Answered, (await ReadAsync()).Outcome);
        Assert.Equal(1234, ServoReading.Read(_present).Position);
    }

    [Fact]
    public async Task A_silent_servo_is_given_up_after_three_questions_and_300_ms()
    {
        _servo.IsSilent = true;
        var from = _time.GetTimestamp();
        Assert.Equal(StsOutcome.Silent, (await ReadAsync()).Outcome);
        Assert.Equal(StsBus.Attempts, _wire.Requests.Count);
        Assert.Equal(StsBus.AnswerTimeout * StsBus.Attempts, _time.GetElapsedTime(from));
    }

    [Fact]
    public async Task Answers_that_are_never_right_are_noise_rather_than_silence()
    {
        _wire.AnswersToSpoil = StsBus.Attempts;
        Assert.Equal(StsOutcome.Noisy, (await ReadAsync()).Outcome);
    }

    [Fact]
    public async Task An_answer_behind_the_beginning_of_a_packet_that_never_came_is_found()
    {
        _wire.Noise = [0xFF, 0xFF, 0x01, 0x22];
        Assert.Equal(StsOutcome.Answered, (await ReadAsync()).Outcome);
        Assert.Equal(1234, ServoReading.Read(_present).Position);
    }

    [Fact]
    public async Task The_late_answer_to_a_question_of_before_is_no_answer()
    {
        var late = new EmulatedServoWire(new EmulatedServo(1, _time, position: 777));
        _line.Inject(late.Take(Convert.FromHexString("FFFF010402281FB1")));
        Assert.Equal(StsOutcome.Answered, (await ReadAsync()).Outcome);
        Assert.Equal(1234, ServoReading.Read(_present).Position);
    }

    [Fact]
    public async Task Another_servos_answer_is_no_answer()
    {
        _wire.Noise = Convert.FromHexString("FFFF070200F6");
        var answer = await _bus.WriteAsync(1, StsRegister.TorqueEnable, new byte[] { 1 }, CancellationToken.None);
        Assert.Equal(StsOutcome.Answered, answer.Outcome);
        _servo.IsSilent = true;
        answer = await _bus.WriteAsync(1, StsRegister.TorqueEnable, new byte[] { 0 }, CancellationToken.None);
        Assert.NotEqual(StsOutcome.Answered, answer.Outcome);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(7)]
    public async Task A_line_that_gives_a_few_bytes_at_a_time_is_as_good(int chunk)
    {
        await using var bus = new StsBus(new FakeSerialLine(_wire, _time, chunk), _time);
        Assert.Equal(StsOutcome.Answered, (await bus.ReadAsync(1, StsRegister.TorqueEnable, _present, CancellationToken.None)).Outcome);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_is_written_to_all_is_answered_by_none_and_its_echo_disturbs_nobody(bool echoes)
    {
        _wire.Echoes = echoes;
        await _bus.WriteAllAsync(StsRegister.TorqueEnable, 1, new byte[] { 1, 1 }, CancellationToken.None);
        Assert.True(_servo.HasTorque);
        _servo.IsSilent = true;
        Assert.Equal(StsOutcome.Silent, (await ReadAsync()).Outcome);
    }

    [Fact]
    public async Task Two_who_ask_at_once_wait_for_each_other()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(async () =>
        {
            var into = new byte[StsRegister.StateLength];
            await _bus.ReadAsync(1, StsRegister.TorqueEnable, into, CancellationToken.None);
            return ServoReading.Read(into).Position;
        })));
        Assert.All(answers, position => Assert.Equal(1234, position));
    }

    [Fact]
    public async Task A_pulled_adapter_is_told_at_once_and_forgotten_when_it_is_back()
    {
        _line.HasGone = true;
        var problem = await Assert.ThrowsAsync<HardwareException>(async () => await ReadAsync());
        Assert.Equal(HardwareFault.Missing, problem.Fault);
        _line.HasGone = false;
        Assert.Equal(StsOutcome.Answered, (await ReadAsync()).Outcome);
    }

    [Fact]
    public async Task An_adapter_that_takes_nothing_any_more_is_named_and_keeps_nobody_waiting()
    {
        _line.IsStuck = true;
        var from = _time.GetTimestamp();

        var asking = await Assert.ThrowsAsync<HardwareException>(async () => await ReadAsync());
        var telling = await Assert.ThrowsAsync<HardwareException>(
            async () => await _bus.WriteAllAsync(StsRegister.Acceleration, StsRegister.GoalLength, new byte[1 + StsRegister.GoalLength], CancellationToken.None));

        Assert.Equal([HardwareFault.Silent, HardwareFault.Silent], [asking.Fault, telling.Fault]);
        Assert.Equal(2 * StsBus.AnswerTimeout, _time.GetElapsedTime(from));
        _line.IsStuck = false;
        Assert.Equal(StsOutcome.Answered, (await ReadAsync()).Outcome);
    }

    [Fact]
    public async Task Who_asks_may_give_up()
    {
        _servo.IsSilent = true;
        using var cancelled = new CancellationTokenSource(TimeSpan.FromMilliseconds(20), _time);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await _bus.ReadAsync(1, StsRegister.TorqueEnable, _present, cancelled.Token));
        _servo.IsSilent = false;
        Assert.Equal(StsOutcome.Answered, (await ReadAsync()).Outcome);
    }

    private async Task<StsAnswer> ReadAsync() => await _bus.ReadAsync(1, StsRegister.TorqueEnable, _present, CancellationToken.None);
}
