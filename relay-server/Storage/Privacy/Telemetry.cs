using AV1Relay.Domain.Privacy;
using AV1Relay.Domain.Records;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace AV1Relay.Storage.Privacy;

internal sealed class Telemetry(RelayDbContext context) : ITelemetry
{
    public async Task<IReadOnlyList<RecordFacts>> DeleteAsync(LocalDate overBefore, int limit, CancellationToken cancellationToken)
    {
        context.ExpectClaims();
        var before = overBefore.AtMidnight().InUtc().ToInstant();

        var bindings = await context.SessionBindings.Where(row => row.EndsAt < before).OrderBy(row => row.FencingNumber).Take(limit)
            .Select(row => new { row.FencingNumber, row.EndsAt }).ToListAsync(cancellationToken);
        List<long> numbers = [.. bindings.Select(row => row.FencingNumber)];
        await context.SessionBindings.Where(row => numbers.Contains(row.FencingNumber)).ExecuteDeleteAsync(cancellationToken);

        var joinCodes = await context.JoinCodes.Where(row => row.ExpiresAt < before && row.SessionEndsAt < before).OrderBy(row => row.Code).Take(limit)
            .Select(row => new { row.Code, row.SessionEndsAt }).ToListAsync(cancellationToken);
        List<string> codes = [.. joinCodes.Select(row => row.Code)];
        await context.JoinCodes.Where(row => codes.Contains(row.Code)).ExecuteDeleteAsync(cancellationToken);

        var enrolmentCodes = await context.EnrolmentCodes.Where(row => row.ExpiresAt < before).OrderBy(row => row.Id).Take(limit)
            .Select(row => new { row.Id, row.ExpiresAt }).ToListAsync(cancellationToken);
        List<string> ids = [.. enrolmentCodes.Select(row => row.Id)];
        await context.EnrolmentCodes.Where(row => ids.Contains(row.Id)).ExecuteDeleteAsync(cancellationToken);

        return
        [
            .. bindings.Select(row => Facts("session-binding", row.EndsAt)),
            .. joinCodes.Select(row => Facts("join-code", row.SessionEndsAt)),
            .. enrolmentCodes.Select(row => Facts("enrolment-code", row.ExpiresAt)),
        ];
    }

    private static RecordFacts Facts(string kind, Instant over) => new(Guid.Empty, kind, RetentionClass.Telemetry, over.InUtc().Date);
}
