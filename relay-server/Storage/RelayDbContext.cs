using AV1Relay.Domain.Booking;
using AV1Relay.Domain.Plans;
using AV1Relay.Storage.Access;
using AV1Relay.Storage.Accounts;
using AV1Relay.Storage.Addresses;
using AV1Relay.Storage.Arrangements;
using AV1Relay.Storage.Attend;
using AV1Relay.Storage.Audit;
using AV1Relay.Storage.Booking;
using AV1Relay.Storage.Calendar;
using AV1Relay.Storage.Contacts;
using AV1Relay.Storage.Devices;
using AV1Relay.Storage.Engagement;
using AV1Relay.Storage.Joining;
using AV1Relay.Storage.People;
using AV1Relay.Storage.Plans;
using AV1Relay.Storage.Privacy;
using AV1Relay.Storage.Records;
using AV1Relay.Storage.Referrals;
using AV1Relay.Storage.Robots;
using AV1Relay.Storage.Safeguarding;
using AV1Relay.Storage.Sessions;
using AV1Relay.Storage.Settings;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
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

    public DbSet<AssignmentRow> Assignments => Set<AssignmentRow>();

    public DbSet<AuthoritySettingsRow> AuthoritySettings => Set<AuthoritySettingsRow>();

    public DbSet<SchoolRow> Schools => Set<SchoolRow>();

    public DbSet<PlanRow> Plans => Set<PlanRow>();

    public DbSet<SessionRow> Sessions => Set<SessionRow>();

    public DbSet<PupilCardRow> PupilCards => Set<PupilCardRow>();

    public DbSet<SchoolingRow> Schoolings => Set<SchoolingRow>();

    public DbSet<PersonCardRow> PersonCards => Set<PersonCardRow>();

    public DbSet<ParenthoodRow> Parenthoods => Set<ParenthoodRow>();

    public DbSet<RatingRow> Ratings => Set<RatingRow>();

    public DbSet<ArrangementRow> Arrangements => Set<ArrangementRow>();

    public DbSet<ContactLogRow> ContactLogs => Set<ContactLogRow>();

    public DbSet<SentHomeRow> SentHome => Set<SentHomeRow>();

    public DbSet<PlanCommentRow> PlanComments => Set<PlanCommentRow>();

    public DbSet<ReferralRow> Referrals => Set<ReferralRow>();

    public DbSet<MissedSessionsRow> MissedSessions => Set<MissedSessionsRow>();

    public DbSet<EngagementRow> Engagement => Set<EngagementRow>();

    public DbSet<AttendProfileRow> AttendProfiles => Set<AttendProfileRow>();

    public DbSet<ConcernRow> Concerns => Set<ConcernRow>();

    public DbSet<LegalHoldRow> LegalHolds => Set<LegalHoldRow>();

    public DbSet<DeletionEvidenceRow> DeletionEvidence => Set<DeletionEvidenceRow>();

    public DbSet<SchoolTimesRow> SchoolTimes => Set<SchoolTimesRow>();

    public DbSet<StationedRobotRow> StationedRobots => Set<StationedRobotRow>();

    public DbSet<PupilDeviceRow> PupilDevices => Set<PupilDeviceRow>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<Instant>().HaveConversion<InstantConverter>();
        configurationBuilder.Properties<LocalDate>().HaveConversion<LocalDateConverter>().HaveMaxLength(10);
        configurationBuilder.Properties<PlanStatus>().HaveConversion<string>();
        configurationBuilder.Properties<SessionState>().HaveConversion<string>();
    }

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
        modelBuilder.Entity<JoinCodeRow>(code =>
        {
            code.HasKey(row => row.Code);
            code.HasIndex(row => row.Session);
        });
        modelBuilder.Entity<AuditRow>(entry =>
        {
            entry.HasKey(row => row.Number);
            entry.Property(row => row.Number).ValueGeneratedNever();
            entry.HasIndex(row => new { row.Who, row.Number });
            entry.HasIndex(row => new { row.Subject, row.Number });
            entry.HasIndex(row => row.At);
        });
        modelBuilder.Entity<RelayAddressesRow>(addresses =>
        {
            addresses.HasKey(row => row.Id);
            addresses.Property(row => row.Id).ValueGeneratedNever();
        });
        AccountTables.Add(modelBuilder);
        Record<AssignmentRow>(modelBuilder, assignment =>
        {
            assignment.HasIndex(row => row.PersonId);
            assignment.HasIndex(row => row.SchoolId);
            assignment.HasIndex(row => row.PlanId);
        });
        Record<AuthoritySettingsRow>(modelBuilder, _ => { });
        Record<SchoolRow>(modelBuilder, _ => { });
        PupilRecord<PlanRow>(modelBuilder, plan =>
        {
            plan.HasIndex(row => row.PupilId).IsUnique().HasFilter("\"Status\" = 'Active'").HasDatabaseName("One_active_plan_a_pupil");
            plan.HasIndex(row => new { row.SchoolId, row.Status, row.NextReviewOn });
        });
        PupilRecord<SessionRow>(modelBuilder, session =>
        {
            session.HasIndex(row => new { row.PupilId, row.Date });
            session.HasIndex(row => new { row.RobotName, row.Date });
            session.HasIndex(row => new { row.CarrierId, row.Date });
            session.HasIndex(row => new { row.SchoolId, row.Date });
            session.HasIndex(row => row.StartsAt).HasFilter("NOT \"IsOver\"").HasDatabaseName("Unfinished_sessions");
        });
        PupilRecord<PupilDeviceRow>(modelBuilder, _ => { });
        AddPeople(modelBuilder);
        AddTheAuthoritysOwn(modelBuilder);
    }

    private static void AddPeople(ModelBuilder modelBuilder)
    {
        PupilRecord<PupilCardRow>(modelBuilder, card => card.HasIndex(row => row.DateOfBirth));
        PupilRecord<SchoolingRow>(modelBuilder, schooling =>
        {
            schooling.HasIndex(row => row.SchoolId);
            // Few pupils have one: with all others in it, SQLite would rather read the whole table.
            schooling.HasIndex(row => row.EarlierSchoolId).HasFilter("\"EarlierSchoolId\" IS NOT NULL");
        });
        Record<PersonCardRow>(modelBuilder, _ => { });
        PupilRecord<ParenthoodRow>(modelBuilder, parenthood => parenthood.HasIndex(row => row.ParentId));
        PupilRecord<RatingRow>(modelBuilder, rating => rating.HasIndex(row => new { row.PupilId, row.StepId }));
        PupilRecord<ArrangementRow>(modelBuilder, arrangement => arrangement.HasIndex(row => new { row.SchoolId, row.IsActive }));
        PupilRecord<ContactLogRow>(modelBuilder, log => log.HasIndex(row => new { row.PupilId, row.NextDue }));
        PupilRecord<SentHomeRow>(modelBuilder, _ => { });
        PupilRecord<PlanCommentRow>(modelBuilder, comment => comment.HasIndex(row => row.PlanId).HasFilter("\"IsWaiting\"").HasDatabaseName("Waiting_comments"));
        PupilRecord<ReferralRow>(modelBuilder, referral => referral.HasIndex(row => new { row.SchoolId, row.WaitingSince }));
        PupilRecord<MissedSessionsRow>(modelBuilder, _ => { });
        PupilRecord<EngagementRow>(modelBuilder, entry =>
        {
            entry.HasIndex(row => row.SessionId).IsUnique();
            entry.HasIndex(row => new { row.SchoolId, row.CountsOn });
        });
        PupilRecord<AttendProfileRow>(modelBuilder, _ => { });
        PupilRecord<ConcernRow>(modelBuilder, _ => { });
    }

    private static void AddTheAuthoritysOwn(ModelBuilder modelBuilder)
    {
        Record<LegalHoldRow>(modelBuilder, _ => { });
        Record<DeletionEvidenceRow>(modelBuilder, evidence => evidence.HasIndex(row => row.ChangedAt));
        Record<SchoolTimesRow>(modelBuilder, _ => { });
        Record<StationedRobotRow>(modelBuilder, robot =>
        {
            robot.HasIndex(row => row.Name).IsUnique();
            robot.HasIndex(row => row.SchoolId);
        });
    }

    private static void PupilRecord<TRow>(ModelBuilder modelBuilder, Action<EntityTypeBuilder<TRow>> configure)
        where TRow : PupilRecordRow => Record<TRow>(modelBuilder, record =>
        {
            record.HasIndex(row => new { row.PupilId, row.RecordedOn });
            record.HasIndex(row => row.RecordedOn);
            configure(record);
        });

    private static void Record<TRow>(ModelBuilder modelBuilder, Action<EntityTypeBuilder<TRow>> configure)
        where TRow : RecordRow => modelBuilder.Entity<TRow>(record =>
        {
            record.HasKey(row => row.Id);
            record.Property(row => row.Id).ValueGeneratedNever();
            record.Property(row => row.Version).IsConcurrencyToken();
            configure(record);
        });
}
