using Prometheus;

namespace AV1Relay.RelayServer.Health;

/// <summary>How long the newest collections of everything stopped the program: media threads stop with it.</summary>
internal static class GarbageCollectionMetrics
{
    public static void Publish(CollectorRegistry registry)
    {
        var metrics = Metrics.WithCustomRegistry(registry);
        var pause = metrics.CreateGauge("av1relay_gc_last_pause_seconds", "Pause of the newest collection of its kind; 0 before the first.", "kind");
        var count = metrics.CreateGauge("av1relay_gc_collections", "Collections since the start that went as far as this generation.", "generation");
        registry.AddBeforeCollectCallback(() =>
        {
            pause.WithLabels("background").Set(LongestPause(GCKind.Background));
            pause.WithLabels("full_blocking").Set(LongestPause(GCKind.FullBlocking));
            pause.WithLabels("ephemeral").Set(LongestPause(GCKind.Ephemeral));
            for (var generation = 0; generation <= GC.MaxGeneration; generation++)
                count.WithLabels($"{generation}").Set(GC.CollectionCount(generation));
        });
    }

    private static double LongestPause(GCKind kind)
    {
        var longest = TimeSpan.Zero;
        foreach (var pause in GC.GetGCMemoryInfo(kind).PauseDurations) // a background collection pauses twice
        {
            if (pause > longest) longest = pause;
        }

        return longest.TotalSeconds;
    }
}
