namespace AV1Relay.Storage.Databases;

/// <summary>Where a relay keeps its data.</summary>
public abstract record RelayDatabase
{
    private RelayDatabase()
    {
    }

    /// <summary>One file on this machine, for one relay: the default.</summary>
    /// <param name="File">Its path; its folder exists.</param>
    public sealed record Sqlite(string File) : RelayDatabase;

    /// <summary>A PostgreSQL server, for installations that outgrow one machine.</summary>
    /// <param name="ConnectionString">In Npgsql's form: <c>Host=…;Database=…;Username=…</c>. May hold a password: never logged.</param>
    public sealed record Postgres(string ConnectionString) : RelayDatabase;
}
