using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace AV1Relay.Storage;

/// <summary>Used by <c>dotnet ef migrations add</c> only; opens no database.</summary>
internal sealed class RelayDbContextFactory : IDesignTimeDbContextFactory<RelayDbContext>
{
    public RelayDbContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<RelayDbContext>().UseSqlite("Data Source=:memory:").Options);
}
