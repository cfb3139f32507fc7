using System.Buffers.Binary;
using AV1Relay.WebRtc.JitterBuffer;

namespace AV1Relay.Tests.Unit.WebRtc.JitterBuffer;

/// <summary>A speaker, a network and a player on a virtual clock: one packet every 20 ms, seeded.</summary>
internal sealed class SimulatedCall(int seed)
{
    private const int FrameMicroseconds = 20_000;

    private readonly Random _random = new(seed);

    internal AudioJitterBuffer Buffer { get; } = new();

    /// <summary>How much faster the sender's clock runs than the player's, in parts per million.</summary>
    internal double DriftPpm { get; init; }

    internal double Loss { get; init; }

    /// <summary>Network delay of a packet sent at a time, both in milliseconds.</summary>
    internal Func<Random, double, double> Delay { get; init; } = (_, _) => 20;

    /// <summary>Whether the player asks for sound at this time, in milliseconds.</summary>
    internal Func<double, bool> IsPlayerRunning { get; init; } = _ => true;

    /// <summary>From a packet's sending to its being played, for each played packet.</summary>
    internal List<(double At, double Milliseconds)> Latencies { get; } = [];

    internal int Pulled { get; private set; }

    internal int Bridged { get; private set; }

    internal void Run(TimeSpan duration)
    {
        var arrivals = new PriorityQueue<int, (long At, int Number)>();
        var payload = new byte[60];
        payload[0] = 0xF8; // one frame of 20 ms
        var end = (long)duration.TotalMicroseconds;
        var sent = 0;
        long nextSend = 0, nextPull = 7_000;
        var highest = -1;
        while (nextPull < end)
        {
            if (nextSend <= nextPull)
            {
                if (_random.NextDouble() >= Loss)
                {
                    arrivals.Enqueue(sent, (nextSend + (long)(1_000 * Delay(_random, nextSend / 1_000.0)), sent));
                }

                sent++;
                nextSend = SentAt(sent);
                continue;
            }

            while (arrivals.TryPeek(out var number, out var arrival) && arrival.At <= nextPull)
            {
                arrivals.Dequeue();
                BinaryPrimitives.WriteInt32BigEndian(payload.AsSpan(1), number);
                var length = number % 10 == 0 ? 20 : 60; // now and then somebody draws breath
                Buffer.Push((ushort)(number + 60_000), (uint)number * 960 + 4_294_000_000, payload.AsSpan(0, length), TimeSpan.FromMicroseconds(arrival.At));
            }

            if (IsPlayerRunning(nextPull / 1_000.0))
            {
                var pulled = Buffer.Pull(TimeSpan.FromMicroseconds(nextPull));
                Pulled++;
                if (pulled.Kind == PulledAudioKind.Packet)
                {
                    var number = BinaryPrimitives.ReadInt32BigEndian(pulled.Payload[1..]);
                    Xunit.Assert.True(number > highest, "played backwards");
                    highest = number;
                    Latencies.Add((nextPull / 1_000.0, (nextPull - SentAt(number)) / 1_000.0));
                }
                else
                {
                    Bridged++;
                }
            }

            nextPull += FrameMicroseconds;
        }
    }

    internal double LatencyPercentile(double percentile, double from = 0, double to = double.MaxValue)
    {
        var sorted = Latencies.Where(latency => latency.At >= from && latency.At < to).Select(latency => latency.Milliseconds).Order().ToArray();
        return sorted[(int)((sorted.Length - 1) * percentile)];
    }

    private long SentAt(int number) => (long)(number * FrameMicroseconds / (1 + DriftPpm / 1e6));
}
