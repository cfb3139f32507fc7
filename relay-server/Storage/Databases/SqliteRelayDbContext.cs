using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace AV1Relay.Storage.Databases;

internal sealed class SqliteRelayDbContext(DbContextOptions<SqliteRelayDbContext> options) : RelayDbContext(options);

/// <summary>Used by <c>dotnet ef migrations add</c> only; opens no database.</summary>
internal sealed class SqliteRelayDbContextFactory : IDesignTimeDbContextFactory<SqliteRelayDbContext>
{
    public SqliteRelayDbContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<SqliteRelayDbContext>().UseSqlite("Data Source=:memory:").Options);
}
