namespace AV1Relay.Storage.Privacy;

internal static class Deleting
{
    /// <exception cref="InvalidOperationException">The work claims nothing: it would be deleted at once, commit or no commit.</exception>
    public static void ExpectClaims(this RelayDbContext context)
    {
        if (context.Database.CurrentTransaction is null) throw new InvalidOperationException("Work that deletes something claims it first.");
    }
}
