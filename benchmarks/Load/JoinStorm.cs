using System.Collections.Concurrent;

namespace AV1Relay.Benchmarks.Load;

/// <summary>The lesson bell: many join within seconds while the rooms that are there go on.</summary>
internal sealed class JoinStorm(LoadPlan plan, IRelayClient client, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(5);

    private readonly ConcurrentBag<Admission> _admitted = [];
    private readonly ConcurrentBag<string> _failures = [];

    /// <summary>Starts the joins evenly over the storm's seconds, whatever becomes of those before, and waits until all are through.</summary>
    /// <remarks>Those who join have a thread of their own: their handshakes must not keep those waiting who are measured.</remarks>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var loop = new GeneratorLoop(time);
        loop.Start();
        var startedAt = time.GetTimestamp();
        var joins = new List<Task>();
        try
        {
            await StartAllAsync(loop, joins, startedAt, cancellationToken);
        }
        finally
        {
            await Task.WhenAll(joins); // the loop is theirs until they are through
        }
    }

    private async Task StartAllAsync(GeneratorLoop loop, List<Task> joins, long startedAt, CancellationToken cancellationToken)
    {
        for (var i = 0; i < plan.StormJoins; i++)
        {
            var dueAt = TimeSpan.FromSeconds(plan.StormSeconds * i / plan.StormJoins);
            var wait = dueAt - time.GetElapsedTime(startedAt);
            if (wait > TimeSpan.Zero) await Task.Delay(wait, time, cancellationToken);
            var (room, isPublisher) = (plan.Rooms + i / 2, i % 2 == 0);
            joins.Add(Task.Run(() => JoinAsync(loop, room, isPublisher, cancellationToken), cancellationToken));
        }
    }

    public JoinFigures Summarise(LoadWindow quiet, LoadWindow during)
    {
        var sorted = _admitted.Select(admission => admission.Connected - admission.Asked).Select(took => took.TotalMilliseconds).Order().ToArray();
        var background = quiet.Cpu / quiet.Seconds * during.Seconds;
        var cpuMs = (during.Cpu - background).TotalMilliseconds / Math.Max(1, sorted.Length);
        return new JoinFigures(
            plan.StormJoins, sorted.Length, Math.Round(sorted.Length / during.Seconds, 1), Math.Round(cpuMs, 2),
            Math.Round(1_000 / Math.Max(0.01, cpuMs), 0), At(0.5), At(0.99), quiet.Latency.P99, during.Latency.P99, OvertakingMs(), _failures.Distinct().Take(3).ToList());

        double At(double share) => sorted.Length == 0 ? 0 : Math.Round(sorted[Math.Min(sorted.Length - 1, (int)(share * sorted.Length))], 1);
    }

    /// <summary>How much later the latest of those had asked who were answered before somebody else.</summary>
    private double OvertakingMs()
    {
        var (latest, most) = (TimeSpan.Zero, TimeSpan.Zero);
        foreach (var admission in _admitted.OrderBy(admission => admission.Answered))
        {
            if (latest - admission.Asked > most) most = latest - admission.Asked;
            if (admission.Asked > latest) latest = admission.Asked;
        }

        return Math.Round(most.TotalMilliseconds, 1);
    }

    private async Task JoinAsync(GeneratorLoop loop, int room, bool isPublisher, CancellationToken cancellationToken)
    {
        var askedAt = loop.Now;
        var socket = GeneratorLoop.Bind(plan.Address);
        Endpoint? endpoint = null;
        try
        {
            var local = WebRtc.TransportAddress.From(socket.LocalEndPoint);
            var end = isPublisher
                ? await client.PublishAsync(room, local, loop.Now, cancellationToken)
                : await client.SubscribeAsync(room, 0, local, loop.Now, cancellationToken);
            var answeredAt = loop.Now;
            endpoint = await loop.AddAsync(end, socket, room, isMetered: false);
            while (!endpoint.IsReady)
            {
                if (loop.Now - askedAt > Patience) throw new TimeoutException("Did not connect within 30 s.");
                await Task.Delay(Poll, time, cancellationToken);
            }

            _admitted.Add(new Admission(askedAt, answeredAt, loop.Now));
        }
        catch (Exception exception) when (exception is InvalidOperationException or HttpRequestException or TimeoutException)
        {
            _failures.Add(exception.Message);
            if (endpoint is null) socket.Dispose(); // else the loop has it
        }
    }

    private readonly record struct Admission(TimeSpan Asked, TimeSpan Answered, TimeSpan Connected);
}

/// <summary>What a storm of joins came to.</summary>
/// <param name="Joined">Connected, DTLS included.</param>
/// <param name="CpuMillisPerJoin">CPU time of the relay's process beyond what it used before the storm.</param>
/// <param name="ConnectP50Ms">From the request to keys on both sides.</param>
/// <param name="QuietP99Ms">Latency of the rooms that were there, before the storm; <paramref name="StormP99Ms"/>: during it.</param>
/// <param name="OvertakingMs">By how much somebody asked later and was answered sooner, at most.</param>
internal sealed record JoinFigures(
    int Joins, int Joined, double JoinsPerSecond, double CpuMillisPerJoin, double JoinsPerCoreSecond, double ConnectP50Ms, double ConnectP99Ms,
    double QuietP99Ms, double StormP99Ms, double OvertakingMs, IReadOnlyList<string> Failures);
