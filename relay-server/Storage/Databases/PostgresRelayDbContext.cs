using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace AV1Relay.Storage.Databases;

internal sealed class PostgresRelayDbContext(DbContextOptions<PostgresRelayDbContext> options) : RelayDbContext(options);

/// <summary>Used by <c>dotnet ef migrations add</c> only; opens no database.</summary>
internal sealed class PostgresRelayDbContextFactory : IDesignTimeDbContextFactory<PostgresRelayDbContext>
{
    public PostgresRelayDbContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<PostgresRelayDbContext>().UseNpgsql("Host=nowhere").Options);
}
