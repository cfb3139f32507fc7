using AV1Relay.Hardware.Audio;
using AV1Relay.RobotAgent.Media;
using Xunit;

namespace AV1Relay.Tests.Unit.RobotAgent.Media;

public sealed class MicrophoneLoopTests : IMicrophone
{
    TimeSpan IMicrophone.Delay => TimeSpan.FromMilliseconds(13);

    [Fact]
    public void Sound_is_stamped_with_when_its_first_sample_was_in_the_air()
    {
        var now = DateTimeOffset.UnixEpoch + TimeSpan.FromMilliseconds(1000);
        Assert.Equal(10 * (1000 - 13 - PcmFormat.FrameMilliseconds), MicrophoneLoop.CapturedAt(now, this));
    }

    ValueTask<bool> IMicrophone.ReadAsync(Memory<short> frame, CancellationToken cancellationToken) => throw new NotSupportedException();

    ValueTask IAsyncDisposable.DisposeAsync() => ValueTask.CompletedTask;
}
