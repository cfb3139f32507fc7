using System.Threading.Channels;
using AV1Relay.Hardware;
using AV1Relay.Hardware.Lights;

namespace AV1Relay.RobotAgent.Body;

/// <summary>What the ring tells of itself. Called on the ring's loop; handlers return at once.</summary>
internal interface ILightRingEvents
{
    /// <summary>The LEDs have a frame of this sign.</summary>
    void OnLightsShown(LightSign sign);

    void OnLightsFailed(string problem);
}

/// <summary>The one owner of the ring: shows the wanted sign, animated, and tells what the LEDs have confirmed.</summary>
internal sealed class LightRing(ILights lights, LightLanguage language, Func<TimeSpan> clock, TimeProvider time, ILogger<LightRing> logger)
{
    private static readonly TimeSpan FrameEvery = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan ShowDeadline = TimeSpan.FromMilliseconds(500);

    // Holds one wake-up: more would say the same.
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    private volatile int _wanted = (int)LightSign.Dark;
    private readonly LogLimit _logLimit = new(time);
    private bool _hasFailed;

    /// <summary>What to show from now on. Any thread; returns at once.</summary>
    public void Show(LightSign sign)
    {
        if (Interlocked.Exchange(ref _wanted, (int)sign) != (int)sign) _wake.Writer.TryWrite(true);
    }

    public async Task RunAsync(ILightRingEvents robot, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            await ShowOnceAsync((LightSign)_wanted, robot);
            using var next = new CancellationTokenSource(FrameEvery, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(next.Token, cancellationToken);
            try
            {
                await _wake.Reader.ReadAsync(either.Token);
            }
            catch (OperationCanceledException)
            {
                // The next frame is due, or the robot stops and goes dark in DarkenAsync.
            }
        }
    }

    /// <summary>All off. The loop must have ended; takes no token, since making things safe is never cancelled.</summary>
    public async Task DarkenAsync()
    {
        try
        {
            using var deadline = new CancellationTokenSource(ShowDeadline, time);
            await lights.ShowAsync(LightFrame.Dark, deadline.Token);
        }
        catch (Exception problem) when (problem is HardwareException or OperationCanceledException)
        {
            BodyLog.LightsFailed(logger, problem.Message);
        }
    }

    private async Task ShowOnceAsync(LightSign sign, ILightRingEvents robot)
    {
        try
        {
            using var deadline = new CancellationTokenSource(ShowDeadline, time);
            await lights.ShowAsync(language.FrameFor(sign, clock()), deadline.Token);
            _hasFailed = false;
            robot.OnLightsShown(sign);
        }
        catch (Exception problem) when (problem is HardwareException or OperationCanceledException)
        {
            var words = problem is HardwareException ? problem.Message : "The light ring does not answer: check its cable.";
            if (!_hasFailed && _logLimit.MayTell()) BodyLog.LightsFailed(logger, words);
            _hasFailed = true;
            robot.OnLightsFailed(words);
        }
    }
}
