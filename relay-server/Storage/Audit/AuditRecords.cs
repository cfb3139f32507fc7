using AV1Relay.Domain.Audit;
using AV1Relay.Domain.Records;
using Microsoft.EntityFrameworkCore;

namespace AV1Relay.Storage.Audit;

/// <remarks>The newest are read from the chain's end backwards; who and subject have an index each that goes the same way.</remarks>
internal sealed class AuditRecords(RelayDbContext context) : IAuditRecords
{
    public async Task<IReadOnlyList<NumberedEntry>> SearchAsync(AuditQuestion question, long? before, int limit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(question);
        var (from, until, last) = (question.From, question.Until, before ?? long.MaxValue);
        var rows = context.Audit.AsNoTracking().Where(row => row.Number < last && row.At >= from && row.At < until);
        if (question.Who is { } who) rows = rows.Where(row => row.Who == who);
        if (question.Subjects is { } some)
        {
            List<string> subjects = [.. some];
            rows = rows.Where(row => EF.Parameter(subjects).Contains(row.Subject)); // one parameter, however many a school has
        }

        if (question.What is { } what)
        {
            List<string> slugs = [.. what];
            rows = rows.Where(row => EF.Parameter(slugs).Contains(row.What));
        }

        if (question.NotWhat is { Count: > 0 } not)
        {
            List<string> hidden = [.. not];
            rows = rows.Where(row => !EF.Parameter(hidden).Contains(row.What));
        }

        return await rows.OrderByDescending(row => row.Number).Take(limit)
            .Select(row => new NumberedEntry(row.Number, new AuditEntry(row.At, row.Who, row.What, row.Subject, row.Detail)))
            .ToListAsync(cancellationToken);
    }
}
