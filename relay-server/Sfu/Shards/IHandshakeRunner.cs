namespace AV1Relay.Sfu.Shards;

/// <summary>Runs handshakes that a shard has lent.</summary>
internal interface IHandshakeRunner
{
    /// <returns>True when it has been run already; false when it comes back by <see cref="ShardCore.OnHandshakeRun"/>, on the shard's thread.</returns>
    bool Run(Handshake handshake);
}

/// <summary>Runs them at once on the asking thread: for tests and simulations, whose time stands still meanwhile.</summary>
internal sealed class HandshakesInline : IHandshakeRunner
{
    public bool Run(Handshake handshake)
    {
        handshake.Run();
        return true;
    }
}
