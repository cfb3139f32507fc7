using AV1Relay.Storage.Addresses;
using AV1Relay.Storage.Audit;
using AV1Relay.Storage.Joining;
using AV1Relay.Storage.Robots;
using AV1Relay.Storage.Sessions;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace AV1Relay.Storage;

/// <summary>The relay's one database, whichever server has it. Rows stay inside this project; stores hand out the domain's values.</summary>
internal abstract class RelayDbContext(DbContextOptions options) : DbContext(options)
{
    public DbSet<RobotRow> Robots => Set<RobotRow>();

    public DbSet<RobotCertificateRow> RobotCertificates => Set<RobotCertificateRow>();

    public DbSet<EnrolmentCodeRow> EnrolmentCodes => Set<EnrolmentCodeRow>();

    public DbSet<SessionBindingRow> SessionBindings => Set<SessionBindingRow>();

    public DbSet<JoinCodeRow> JoinCodes => Set<JoinCodeRow>();

    public DbSet<AuditRow> Audit => Set<AuditRow>();

    public DbSet<RelayAddressesRow> RelayAddresses => Set<RelayAddressesRow>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<Instant>().HaveConversion<InstantConverter>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<RobotRow>(robot =>
        {
            robot.HasKey(row => row.Number);
            robot.HasIndex(row => row.Name).IsUnique();
        });
        modelBuilder.Entity<RobotCertificateRow>(certificate =>
        {
            certificate.HasKey(row => row.SerialNumber);
            certificate.HasIndex(row => row.RobotName);
        });
        modelBuilder.Entity<EnrolmentCodeRow>().HasKey(row => row.Id);
        modelBuilder.Entity<SessionBindingRow>(binding =>
        {
            // AUTOINCREMENT never gives a number again, also after rows were deleted: it is the fencing number.
            binding.HasKey(row => row.FencingNumber);
            binding.Property(row => row.FencingNumber).ValueGeneratedOnAdd();
            binding.HasIndex(row => row.EndsAt);
        });
        modelBuilder.Entity<JoinCodeRow>().HasKey(row => row.Code);
        modelBuilder.Entity<AuditRow>(entry =>
        {
            entry.HasKey(row => row.Number);
            entry.Property(row => row.Number).ValueGeneratedNever();
        });
        modelBuilder.Entity<RelayAddressesRow>(addresses =>
        {
            addresses.HasKey(row => row.Id);
            addresses.Property(row => row.Id).ValueGeneratedNever();
        });
    }
}
