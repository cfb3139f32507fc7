using System.Runtime;

namespace AV1Relay.RelayServer.Health;

/// <summary>Keeps the garbage collector from stopping the media threads for long.</summary>
internal static class CollectorPauses
{
    /// <summary>To be called once everything is set up, and before anybody is served.</summary>
    /// <remarks>
    /// The first collection of a program decides on too little knowledge, and stops everything for some twenty milliseconds: so it is done here. From then on
    /// collections of everything run beside the program; they stop it only when memory is short.
    /// </remarks>
    public static void Prepare()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);
        GCSettings.LatencyMode = GCLatencyMode.SustainedLowLatency;
    }
}
