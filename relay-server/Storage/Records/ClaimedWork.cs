namespace AV1Relay.Storage.Records;

internal static class ClaimedWork
{
    /// <summary>What changes rows at once, without waiting for the commit, needs the work's transaction: without claims there is none.</summary>
    /// <exception cref="InvalidOperationException">The work claims nothing.</exception>
    internal static void RefuseWithoutClaims(this RelayDbContext context)
    {
        if (context.Database.CurrentTransaction is null) throw new InvalidOperationException("Work that changes something claims it first.");
    }
}
