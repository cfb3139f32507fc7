using AV1Relay.Domain.Access;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Privacy;
using AV1Relay.Domain.Records;
using AV1Relay.Storage.Records;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace AV1Relay.Storage.Privacy;

internal sealed class PupilData : IPupilData
{
    private readonly RelayDbContext _context;

    private readonly LocalDate _today;

    public PupilData(RelayDbContext context, Instant now)
    {
        PupilTables.Check(context.Model);
        (_context, _today) = (context, now.InUtc().Date);
    }

    public IReadOnlyList<RecordKind> Kinds { get; } = [.. PupilTables.All.Concat(AdultTables.All).Select(table => table.Kind)];

    public async Task<SchoolId?> SchoolOfAsync(PupilId pupil, CancellationToken cancellationToken)
    {
        // After an erasure, what the school must keep is all that is left to ask.
        var school = await EnteredAtAsync(pupil, cancellationToken)
            ?? await _context.Plans.Where(row => row.PupilId == pupil.Value).OrderByDescending(row => row.RecordedOn).Select(row => (Guid?)row.SchoolId).FirstOrDefaultAsync(cancellationToken)
            ?? await _context.Sessions.Where(row => row.PupilId == pupil.Value).OrderByDescending(row => row.RecordedOn).Select(row => (Guid?)row.SchoolId).FirstOrDefaultAsync(cancellationToken)
            ?? await _context.Engagement.Where(row => row.PupilId == pupil.Value).OrderByDescending(row => row.RecordedOn).Select(row => (Guid?)row.SchoolId).FirstOrDefaultAsync(cancellationToken);
        return school is { } id ? new SchoolId(id) : null;
    }

    /// <summary>The latest that has begun: a school that a move ahead leads to has no word yet. Where none has begun, the first that will.</summary>
    private async Task<Guid?> EnteredAtAsync(PupilId pupil, CancellationToken cancellationToken)
    {
        var document = await _context.Schoolings.AsNoTracking().Where(row => row.PupilId == pupil.Value).Select(row => row.Document)
            .FirstOrDefaultAsync(cancellationToken);
        if (document is null) return null;
        var placements = RecordJson.Read<Schooling>(document).Placements;
        return (placements.LastOrDefault(placement => placement.From <= _today) ?? placements.FirstOrDefault())?.School.Value;
    }

    public async Task<IReadOnlyList<RecordFacts>> OfPupilAsync(PupilId pupil, CancellationToken cancellationToken)
    {
        var facts = new List<RecordFacts>();
        foreach (var table in PupilTables.All) facts.AddRange(await table.OfPupilAsync(_context, pupil, cancellationToken));
        return facts;
    }

    public async Task<IReadOnlyList<RecordFacts>> OfFamilyAsync(PupilId pupil, CancellationToken cancellationToken)
    {
        var plans = await _context.Plans.Where(row => row.PupilId == pupil.Value).Select(row => (Guid?)row.Id)
            .ToListAsync(cancellationToken);
        var roles = await _context.Assignments.AsNoTracking().Where(row => plans.Contains(row.PlanId)).ToListAsync(cancellationToken);
        var entered = await _context.Parenthoods.Where(row => row.PupilId == pupil.Value).Select(row => row.ParentId)
            .ToListAsync(cancellationToken);
        var given = roles.Where(row => RecordJson.Read<Assignment>(row.Document).Role is Role.Parent).Select(row => row.PersonId);
        List<Guid> parents = [.. entered.Concat(given).Distinct()];
        var ofOthers = _context.Parenthoods.Where(row => parents.Contains(row.ParentId) && row.PupilId != pupil.Value)
            .Select(row => row.ParentId);
        var otherRoles = _context.Assignments
            .Where(row => parents.Contains(row.PersonId) && (row.PlanId == null || !plans.Contains(row.PlanId)))
            .Select(row => row.PersonId);
        var neededElsewhere = await ofOthers.Union(otherRoles).ToListAsync(cancellationToken);
        var cards = await _context.PersonCards.AsNoTracking().Where(row => parents.Contains(row.Id) && !neededElsewhere.Contains(row.Id))
            .ToListAsync(cancellationToken);
        return
        [
            .. roles.Select(row => OfFamily(AdultTables.Assignments, row)),
            .. cards.Select(row => OfFamily(AdultTables.PersonCards, row)),
        ];

        RecordFacts OfFamily(RecordTable table, RecordRow row) =>
            new(row.Id, table.Kind.Slug, table.Kind.Class, row.ChangedAt.InUtc().Date, pupil, GoesLast: true);
    }

    public async Task<KeptDocument?> ReadAsync(RecordFacts record, ExportFor whom, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(record);
        var table = Of(record.Kind);
        if (await table.ReadAsync(_context, record.Id, cancellationToken) is not { } whole) return null;
        if (whom is ExportFor.Family) return whole;
        return table.ForSchool(whole.Json) is { } json ? whole with { Json = json } : null;
    }

    public Task<IReadOnlyList<RecordFacts>> MaybeDueAsync(
        RecordKind kind, RetentionStart start, LocalDate upTo, Guid? after, int limit, CancellationToken cancellationToken) =>
        Of(kind.Slug).MaybeDueAsync(_context, start, upTo, after, limit, cancellationToken);

    public Task<IReadOnlyList<RecordFacts>> FindAsync(RecordKind kind, IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken) =>
        Of(kind.Slug).FindAsync(_context, ids, cancellationToken);

    public async Task DeleteAsync(IReadOnlyCollection<RecordFacts> records, CancellationToken cancellationToken)
    {
        _context.ExpectClaims();
        foreach (var kind in records.GroupBy(record => record.Kind))
        {
            List<Guid> ids = [.. kind.Select(record => record.Id)];
            if (await Of(kind.Key).DeleteAsync(_context, ids, cancellationToken) != ids.Count)
                throw new InvalidOperationException("Something that was to be deleted was gone: its pupil had not been claimed.");
        }
    }

    private static RecordTable Of(string kind) => PupilTables.All.Concat(AdultTables.All).FirstOrDefault(table => table.Kind.Slug == kind)
        ?? throw new ArgumentException($"Nothing is kept as {kind}.", nameof(kind));
}
