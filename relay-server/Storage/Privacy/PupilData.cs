using AV1Relay.Domain.People;
using AV1Relay.Domain.Privacy;
using AV1Relay.Domain.Records;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace AV1Relay.Storage.Privacy;

internal sealed class PupilData : IPupilData
{
    private readonly RelayDbContext _context;

    public PupilData(RelayDbContext context)
    {
        PupilTables.Check(context.Model);
        _context = context;
    }

    public IReadOnlyList<RecordKind> Kinds { get; } = [.. PupilTables.All.Select(table => table.Kind)];

    public async Task<SchoolId?> SchoolOfAsync(PupilId pupil, CancellationToken cancellationToken)
    {
        // After an erasure, what the school must keep is all that is left to ask.
        var school = await _context.Schoolings.Where(row => row.PupilId == pupil.Value).Select(row => row.SchoolId).FirstOrDefaultAsync(cancellationToken)
            ?? await _context.Plans.Where(row => row.PupilId == pupil.Value).OrderByDescending(row => row.RecordedOn).Select(row => (Guid?)row.SchoolId).FirstOrDefaultAsync(cancellationToken)
            ?? await _context.Sessions.Where(row => row.PupilId == pupil.Value).OrderByDescending(row => row.RecordedOn).Select(row => (Guid?)row.SchoolId).FirstOrDefaultAsync(cancellationToken)
            ?? await _context.Engagement.Where(row => row.PupilId == pupil.Value).OrderByDescending(row => row.RecordedOn).Select(row => (Guid?)row.SchoolId).FirstOrDefaultAsync(cancellationToken);
        return school is { } id ? new SchoolId(id) : null;
    }

    public async Task<IReadOnlyList<RecordFacts>> OfPupilAsync(PupilId pupil, CancellationToken cancellationToken)
    {
        var facts = new List<RecordFacts>();
        foreach (var table in PupilTables.All) facts.AddRange(await table.OfPupilAsync(_context, pupil, cancellationToken));
        return facts;
    }

    public Task<KeptDocument?> ReadAsync(RecordFacts record, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(record);
        return Of(record.Kind).ReadAsync(_context, record.Id, cancellationToken);
    }

    public Task<IReadOnlyList<RecordFacts>> MaybeDueAsync(
        RecordKind kind, RetentionStart start, LocalDate upTo, Guid? after, int limit, CancellationToken cancellationToken) =>
        Of(kind.Slug).MaybeDueAsync(_context, start, upTo, after, limit, cancellationToken);

    public Task<IReadOnlyList<RecordFacts>> FindAsync(RecordKind kind, IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken) =>
        Of(kind.Slug).FindAsync(_context, ids, cancellationToken);

    public async Task DeleteAsync(IReadOnlyCollection<RecordFacts> records, CancellationToken cancellationToken)
    {
        await _context.PrepareToDeleteAsync(cancellationToken);
        foreach (var kind in records.GroupBy(record => record.Kind))
        {
            List<Guid> ids = [.. kind.Select(record => record.Id)];
            if (await Of(kind.Key).DeleteAsync(_context, ids, cancellationToken) != ids.Count)
                throw new InvalidOperationException("Something that was to be deleted was gone: its pupil had not been claimed.");
        }
    }

    private static PupilTable Of(string kind) => PupilTables.All.FirstOrDefault(table => table.Kind.Slug == kind)
        ?? throw new ArgumentException($"Nothing is kept as {kind}.", nameof(kind));
}
