namespace AV1Relay.Benchmarks.Load;

/// <summary>Carries out one plan: joins everybody, sends, measures for a while, tells the figures.</summary>
internal sealed class Generator(LoadPlan plan, IRelayClient client, TimeProvider time)
{
    private const int JoinsAtOnce = 8;
    private static readonly TimeSpan JoinPatience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan OnTheWay = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan MemoryInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(50);

    private readonly List<LoadRoom> _rooms = [];

    /// <exception cref="InvalidOperationException">The relay refused somebody, or they did not connect.</exception>
    public async Task<LoadSample> RunAsync(CancellationToken cancellationToken)
    {
        using var loop = new GeneratorLoop(time, isPreferred: plan.StormJoins > 0);
        loop.Start();
        var before = ProcessCost.Of(plan.ServerProcessId);
        await JoinAsync(loop, 0, 1, cancellationToken);
        if (plan.Rooms > 1)
        {
            // The first room makes the relay compile and grow what it needs however many come; what the others add is what a room takes.
            await loop.InvokeAsync(() => BeginRooms(loop, 0));
            await WaitAsync(plan.WarmUpSeconds / 2, cancellationToken);
            before = ProcessCost.Of(plan.ServerProcessId);
            await JoinAsync(loop, 1, plan.Rooms, cancellationToken);
        }

        await loop.InvokeAsync(() => BeginRooms(loop, plan.Rooms > 1 ? 1 : 0));
        await WaitAsync(plan.WarmUpSeconds, cancellationToken);

        if (plan.IsSoak) return await SoakAsync(loop, before.ResidentKiB, cancellationToken);
        var quiet = await MeasureAsync(loop, plan.Seconds, null, cancellationToken);
        var sample = quiet.ToSample(plan, before.ResidentKiB);
        if (plan.StormJoins > 0)
        {
            var storm = new JoinStorm(plan, client, time);
            var during = await MeasureAsync(loop, plan.StormSeconds, storm.RunAsync, cancellationToken);
            sample = sample with { Storm = storm.Summarise(quiet, during) };
        }

        return sample;
    }

    private async Task<LoadSample> SoakAsync(GeneratorLoop loop, long residentBeforeKiB, CancellationToken cancellationToken)
    {
        var visitors = new Visitors(plan, client, time);
        var resident = new List<long>();
        var window = await MeasureAsync(
            loop, plan.Seconds,
            async token =>
            {
                var coming = visitors.RunAsync(loop, plan.Seconds, token);
                while (!coming.IsCompleted)
                {
                    resident.Add(ProcessCost.Of(plan.ServerProcessId).ResidentKiB);
                    await Task.WhenAny(coming, Task.Delay(MemoryInterval, time, token));
                }

                await coming;
            },
            cancellationToken);
        return window.ToSample(plan, residentBeforeKiB) with { Soak = new SoakFigures(visitors.Came, visitors.NeverConnected, resident) };
    }

    /// <summary>Measures for a while; with a task to do meanwhile, until that is done too.</summary>
    private async Task<LoadWindow> MeasureAsync(
        GeneratorLoop loop, double seconds, Func<CancellationToken, Task>? meanwhile, CancellationToken cancellationToken)
    {
        var from = default(ProcessCost);
        long sentBefore = 0;
        await loop.InvokeAsync(() =>
        {
            loop.Meter.OpenWindow(time.GetTimestamp());
            sentBefore = SentPackets;
            from = ProcessCost.Of(plan.ServerProcessId);
        });
        var startedAt = time.GetTimestamp();
        var task = meanwhile?.Invoke(cancellationToken) ?? Task.CompletedTask;
        await WaitAsync(seconds, cancellationToken);
        await task;
        var window = default(LoadWindow);
        await loop.InvokeAsync(() =>
        {
            loop.Meter.CloseWindow(time.GetTimestamp());
            var until = ProcessCost.Of(plan.ServerProcessId);
            window = new LoadWindow(SentPackets - sentBefore, time.GetElapsedTime(startedAt).TotalSeconds, until.Cpu - from.Cpu, until.ResidentKiB);
        });
        await Task.Delay(OnTheWay, time, cancellationToken); // what was sent within the window may still be on its way
        await loop.InvokeAsync(() => window = window! with { Received = loop.Meter.ReceivedPackets, Latency = loop.Meter.Latency.Summarise() }); // just set
        return window!; // just set
    }

    private long SentPackets => _rooms.Sum(room => room.SentPackets);

    private async Task JoinAsync(GeneratorLoop loop, int first, int end, CancellationToken cancellationToken)
    {
        var publishers = new Endpoint[plan.Rooms];
        await Parallel.ForAsync(
            first, end, new ParallelOptions { MaxDegreeOfParallelism = JoinsAtOnce, CancellationToken = cancellationToken },
            async (room, token) =>
            {
                publishers[room] = await JoinAsync(loop, room, local => client.PublishAsync(room, local, loop.Now, token));
                for (var i = 0; i < plan.SubscribersPerRoom; i++)
                {
                    var subscriber = i;
                    await JoinAsync(loop, room, local => client.SubscribeAsync(room, subscriber, local, loop.Now, token));
                }
            });
        var startedAt = time.GetTimestamp();
        for (var areReady = false; !areReady;)
        {
            await loop.InvokeAsync(() => areReady = loop.AreAllReady());
            if (time.GetElapsedTime(startedAt) > JoinPatience) throw new InvalidOperationException("Not everybody connected within a minute.");
            if (!areReady) await Task.Delay(Poll, time, cancellationToken);
        }

        _rooms.AddRange(publishers[first..end].Select(NewRoom));
    }

    private async Task<Endpoint> JoinAsync(GeneratorLoop loop, int room, Func<WebRtc.TransportAddress, Task<LoadEnd>> join)
    {
        var socket = GeneratorLoop.Bind(plan.Address);
        var end = await join(WebRtc.TransportAddress.From(socket.LocalEndPoint));
        return await loop.AddAsync(end, socket, room, isMetered: true);
    }

    private LoadRoom NewRoom(Endpoint publisher)
    {
        var room = new LoadRoom(plan, publisher);
        if (plan.IsSoak) room.StartAt(SoakFigures.FirstSequenceNumber, uint.MaxValue - SoakFigures.TicksBeforeWrap);
        return room;
    }

    /// <summary>Rooms start spread over one frame, as in life.</summary>
    private void BeginRooms(GeneratorLoop loop, int first)
    {
        var spread = TimeSpan.FromSeconds(1) / LoadPlan.FramesPerSecond / plan.Rooms;
        for (var i = first; i < _rooms.Count; i++) loop.Begin(_rooms[i], loop.Now + spread * i);
    }

    private Task WaitAsync(double seconds, CancellationToken cancellationToken) => Task.Delay(TimeSpan.FromSeconds(seconds), time, cancellationToken);
}
