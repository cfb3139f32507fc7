using AV1Relay.Tests.Simulation.Network;
using AV1Relay.Tests.Simulation.Runs;

namespace AV1Relay.Tests.Simulation.Invariants;

/// <summary>Holds one direction of a path, for a stretch of the run, to what congestion control promises: it is used, and its queue is short.</summary>
/// <param name="Least">Of its bits, sound and headers included, 0–1.</param>
/// <param name="LongestQueue">In 95 of 100 looks.</param>
internal sealed record WayWatch(string Words, Link Way, int CapacityBps, double Least, TimeSpan LongestQueue)
{
    private const int LookEveryMs = 50;

    /// <summary>Of its bits.</summary>
    public double Most { get; init; } = double.PositiveInfinity;

    private readonly List<TimeSpan> _queues = [];
    private long _deliveredBefore;

    public void Over(World world, TimeSpan from, TimeSpan until)
    {
        world.At(from, () => _deliveredBefore = Way.DeliveredBytes);
        for (var at = from; at < until; at += TimeSpan.FromMilliseconds(LookEveryMs)) world.At(at, () => _queues.Add(Way.Queue));
        world.At(until, () =>
        {
            var share = (Way.DeliveredBytes - _deliveredBefore) * 8 / (until - from).TotalSeconds / CapacityBps;
            var queue = _queues.Order().ElementAt(_queues.Count * 95 / 100);
            world.Tell(until, $"{Words}: {share:P0} used, queue {queue.TotalMilliseconds:F0} ms in 95 of 100");
            if (share < Least) world.Complain($"{Words}: only {share:P0} of {CapacityBps} bit/s were used");
            if (share > Most) world.Complain($"{Words}: {share:P0} of {CapacityBps} bit/s came");
            if (queue > LongestQueue) world.Complain($"{Words}: what came waited {queue.TotalMilliseconds:F0} ms");
        });
    }
}
