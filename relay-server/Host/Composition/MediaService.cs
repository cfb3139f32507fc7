using AV1Relay.Sfu;

namespace AV1Relay.RelayServer.Composition;

/// <summary>Starts the media relay with the host, and stops it after it has sent away who is left.</summary>
internal sealed class MediaService(MediaRelay relay) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        relay.Start();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        relay.Drain();
        return Task.CompletedTask;
    }
}
