using Prometheus;

namespace AV1Relay.RelayServer.Health;

/// <summary>How long the newest collections of everything stopped the program: media threads stop with it.</summary>
internal static class GarbageCollectionMetrics
{
    public static void Publish(CollectorRegistry registry)
    {
        var metrics = Metrics.WithCustomRegistry(registry);
        var pause = metrics.CreateGauge("av1relay_gc_last_pause_seconds", "Pause of the newest collection of its kind; 0 before the first.", "kind");
        var index = metrics.CreateGauge("av1relay_gc_last_index", "Number of the newest collection of its kind, counted over all kinds; 0 before the first.", "kind");
        var count = metrics.CreateGauge("av1relay_gc_collections", "Collections since the start that went as far as this generation.", "generation");
        registry.AddBeforeCollectCallback(() =>
        {
            Tell("background", GCKind.Background);
            Tell("full_blocking", GCKind.FullBlocking);
            Tell("ephemeral", GCKind.Ephemeral);
            for (var generation = 0; generation <= GC.MaxGeneration; generation++)
                count.WithLabels($"{generation}").Set(GC.CollectionCount(generation));
        });

        void Tell(string name, GCKind kind)
        {
            var newest = GC.GetGCMemoryInfo(kind);
            index.WithLabels(name).Set(newest.Index);
            pause.WithLabels(name).Set(LongestPause(newest));
        }
    }

    private static double LongestPause(GCMemoryInfo collection)
    {
        var longest = TimeSpan.Zero;
        foreach (var pause in collection.PauseDurations) // a background collection pauses twice
        {
            if (pause > longest) longest = pause;
        }

        return longest.TotalSeconds;
    }
}
