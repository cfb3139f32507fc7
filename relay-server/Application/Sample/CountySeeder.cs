using System.Globalization;
using AV1Relay.Domain.Audit;
using AV1Relay.Domain.Records;
using NodaTime;

namespace AV1Relay.Application.Sample;

/// <summary>Writes an invented county through the same door as everything else, many records to a piece of work.</summary>
public sealed class CountySeeder(IRecords records, TimeProvider time)
{
    /// <summary>So many records are kept together, with one audit entry.</summary>
    public const int BatchSize = 1_000;

    private Instant Now => Instant.FromDateTimeOffset(time.GetUtcNow());

    /// <summary>How many schools the database has already.</summary>
    public async Task<int> CountSchoolsAsync(CancellationToken cancellationToken)
    {
        await using var work = await records.BeginAsync(default, Now, [], cancellationToken);
        return (await work.Schools.AllAsync(cancellationToken)).Count;
    }

    /// <param name="by">Whose command it is, as the audit calls them.</param>
    /// <param name="progress">Told after each piece of work.</param>
    /// <returns>How many of each were written.</returns>
    /// <exception cref="InvalidOperationException">Some of it is there already. What was written before stays.</exception>
    public async Task<SeedCounts> SeedAsync(CountyGenerator county, string by, IProgress<SeedCounts>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(county);
        var counts = new SeedCounts();
        foreach (var batch in SampleRecord.Of(county).Chunk(BatchSize))
        {
            cancellationToken.ThrowIfCancellationRequested();
            await using var work = await records.BeginAsync(county.Administrator, Now, [Claim.OnAuthority], cancellationToken);
            foreach (var record in batch)
            {
                record.Add(work);
                counts = counts.With(record.Kind);
            }

            work.Record(new AuditEntry(Now, by, "sample.seeded", "sample", string.Create(CultureInfo.InvariantCulture, $"{batch.Length} invented records")));
            if (await work.CommitAsync(cancellationToken) is { } conflict) throw new InvalidOperationException(conflict.ToString());
            progress?.Report(counts);
        }

        return counts;
    }
}
