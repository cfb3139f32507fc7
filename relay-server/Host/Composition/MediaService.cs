using AV1Relay.Sfu;

namespace AV1Relay.RelayServer.Composition;

/// <summary>Starts the media relay with the server, and has it refuse newcomers as soon as the server is to stop.</summary>
internal sealed class MediaService(MediaRelay media, IHostApplicationLifetime lifetime) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        media.Start();
        lifetime.ApplicationStopping.Register(media.Drain);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask; // ends when the container lets it go, after the doors are shut
}
