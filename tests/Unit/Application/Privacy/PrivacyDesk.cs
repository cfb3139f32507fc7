using System.Text.Json;
using AV1Relay.Application.Asking;
using AV1Relay.Application.Privacy;
using AV1Relay.Domain.Access;
using AV1Relay.Domain.Audit;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Privacy;
using AV1Relay.Domain.Records;
using AV1Relay.Domain.Settings;
using AV1Relay.Tests.Unit.Domain.Plans;
using AV1Relay.Tests.Unit.Storage;
using AV1Relay.Tests.Unit.Storage.Records;
using Microsoft.Extensions.Time.Testing;
using NodaTime;
using Xunit;

namespace AV1Relay.Tests.Unit.Application.Privacy;

/// <summary>A database with everything on one pupil in it, and the people who may ask for it.</summary>
internal sealed class PrivacyDesk : IAsyncDisposable
{
    public static readonly Caller Administrator = new(new PersonId(PlanFixture.Id(101)));
    public static readonly Caller Sendco = new(PlanFixture.Lead);
    public static readonly Caller KeyAdult = new(PlanFixture.KeyAdult);

    private PrivacyDesk(TemporaryRelayStorage storage) => Storage = storage;

    public TemporaryRelayStorage Storage { get; }

    /// <summary>A few weeks after everything was recorded.</summary>
    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2027, 1, 11, 9, 0, 0, TimeSpan.Zero));

    public IRecords Records => Storage.Get<IRecords>();

    public IDeletedTraces Traces => Storage.Get<IDeletedTraces>();

    public StaffPrivacy Privacy => new(new Desk(Records, Time), Records, Traces);

    public OperatorPrivacy Operator => new(Records, Time, "command line (test)");

    public Instant Now => Instant.FromDateTimeOffset(Time.GetUtcNow());

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<PrivacyDesk> CreateAsync(TestDatabase database)
    {
        var desk = new PrivacyDesk(await TemporaryRelayStorage.CreateAsync(database));
        await desk.ChangeAsync(work =>
        {
            OnePupil.Add(work);
            work.Assignments.Add(new Assignment(
                new AssignmentId(PlanFixture.Id(111)), Administrator.Who, Role.Administrator, new AccessScope.WholeAuthority(), PlanFixture.Start, null, PlanFixture.ActAt()));
            work.Assignments.Add(new Assignment(
                new AssignmentId(PlanFixture.Id(112)), Sendco.Who, Role.Sendco, new AccessScope.OneSchool(OnePupil.School), PlanFixture.Start, null, PlanFixture.ActAt()));
        });
        return desk;
    }

    public async Task ChangeAsync(Action<IWork> change)
    {
        await using var work = await Records.BeginAsync(PlanFixture.KeyAdult, Now, [Claim.On(OnePupil.Id), Claim.OnAuthority], Cancellation);
        change(work);
        Assert.Null(await work.CommitAsync(Cancellation));
    }

    public async Task<T> ReadAsync<T>(Func<IWork, Task<T>> read)
    {
        await using var work = await Records.BeginAsync(PlanFixture.KeyAdult, Now, [], Cancellation);
        return await read(work);
    }

    /// <summary>The kinds of what is still there on the pupil, each once.</summary>
    public async Task<IReadOnlyList<string>> KindsAsync() =>
        [.. (await ReadAsync(work => work.PupilData.OfPupilAsync(OnePupil.Id, Cancellation))).Select(record => record.Kind).Distinct()];

    public Task<IReadOnlyList<DeletionEvidence>> EvidenceAsync() => ReadAsync(work => work.DeletionEvidence.ListAsync(100, Cancellation));

    public Task SetAsync(params RetentionRule[] rules) => ChangeAsync(work => work.Settings.Add(
        AuthoritySettings.Default with { Retention = rules.Aggregate(RetentionSettings.Defaults, (settings, rule) => settings.With(rule)) }));

    public Task HoldAsync(RetentionClass? @class) =>
        ChangeAsync(work => work.LegalHolds.Add(new LegalHold(new LegalHoldId(Guid.NewGuid()), OnePupil.Id, @class, PlanFixture.ActAt() with { Why = "A claim" }, null)));

    public async Task<IReadOnlyList<RetentionCount>> RunAsync(IRecords? records = null) =>
        [.. (await new RetentionRun(records ?? Records, Time, "relay").RunAsync(Cancellation)).Where(count => count.Deleted + count.Held > 0)];

    /// <summary>What the SENDCo takes.</summary>
    public async Task<JsonDocument> ExportAsync()
    {
        using var stream = new MemoryStream();
        _ = (await Privacy.ExportAsync(Sendco, OnePupil.Id, () => stream, Cancellation)).Value;
        stream.Position = 0;
        return await JsonDocument.ParseAsync(stream, cancellationToken: Cancellation);
    }

    /// <summary>What the family gets.</summary>
    public async Task<JsonDocument> ExportForFamilyAsync()
    {
        using var stream = new MemoryStream();
        Assert.True(await Operator.ExportAsync(OnePupil.Id, () => stream, Cancellation) > 0);
        return JsonDocument.Parse(stream.ToArray());
    }

    public Task<AuditVerification> VerifyAuditAsync() => Storage.Get<IAuditLog>().VerifyAsync(Cancellation);

    public ValueTask DisposeAsync() => Storage.DisposeAsync();
}
