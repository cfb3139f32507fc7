using AV1Relay.WebRtc;

namespace AV1Relay.Benchmarks.Load;

/// <summary>Peers that come into the running rooms as observers, stay for seconds and go, one after another, for as long as a soak lasts.</summary>
internal sealed class Visitors(LoadPlan plan, IRelayClient client, TimeProvider time)
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Stay = TimeSpan.FromSeconds(2);
    private const int Observer = 1; // the subscriber after the pupil

    public int Came { get; private set; }

    public int NeverConnected { get; private set; }

    public async Task RunAsync(GeneratorLoop loop, double seconds, CancellationToken cancellationToken)
    {
        var startedAt = time.GetTimestamp();
        var present = new Queue<(Endpoint Endpoint, long Since)>();
        for (var room = 0; time.GetElapsedTime(startedAt).TotalSeconds < seconds; room = (room + 1) % plan.Rooms)
        {
            var socket = GeneratorLoop.Bind(plan.Address);
            var end = await client.SubscribeAsync(room, Observer, TransportAddress.From(socket.LocalEndPoint), loop.Now, cancellationToken);
            present.Enqueue((await loop.AddAsync(end, socket, room, isMetered: false), time.GetTimestamp()));
            Came++;
            while (present.TryPeek(out var first) && time.GetElapsedTime(first.Since) > Stay) await LeaveAsync(loop, present.Dequeue().Endpoint, cancellationToken);
            await Task.Delay(Between, time, cancellationToken);
        }

        while (present.TryDequeue(out var left)) await LeaveAsync(loop, left.Endpoint, cancellationToken);
    }

    private async Task LeaveAsync(GeneratorLoop loop, Endpoint visitor, CancellationToken cancellationToken)
    {
        if (!visitor.IsReady) NeverConnected++;
        await client.LeaveAsync(visitor.End, cancellationToken);
        await loop.InvokeAsync(() => loop.Remove(visitor));
    }
}
