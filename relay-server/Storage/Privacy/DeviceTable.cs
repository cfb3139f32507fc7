using AV1Relay.Domain.Grants;
using AV1Relay.Domain.Privacy;
using AV1Relay.Domain.Records;
using AV1Relay.Storage.Devices;
using AV1Relay.Storage.Records;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace AV1Relay.Storage.Privacy;

/// <summary>A tablet is in use as long as it is the pupil's: its time runs once it was taken away, or nothing else is kept on the pupil.</summary>
internal sealed class DeviceTable(RecordKind kind) : PupilTable<PupilDeviceRow>(kind, goesLast: false)
{
    public override async Task<IReadOnlyList<RecordFacts>> FindAsync(
        RelayDbContext context, IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        var there = await base.FindAsync(context, ids, cancellationToken);
        var inUse = await InUseAsync(context, there, cancellationToken);
        return [.. there.Where(device => !inUse.Contains(device.Id))];
    }

    public override Task<IReadOnlyList<RecordFacts>> MaybeDueAsync(
        RelayDbContext context, RetentionStart start, LocalDate upTo, Guid? after, int limit, CancellationToken cancellationToken) =>
        ReadOnAsync(after, limit, async last =>
        {
            var page = await base.MaybeDueAsync(context, start, upTo, last, limit, cancellationToken);
            var inUse = await InUseAsync(context, page, cancellationToken);
            return [.. page.Select(device => (device.Id, inUse.Contains(device.Id) ? null : device))];
        });

    private async Task<HashSet<Guid>> InUseAsync(
        RelayDbContext context, IReadOnlyList<RecordFacts> devices, CancellationToken cancellationToken)
    {
        List<Guid> ids = [.. devices.Select(device => device.Id)];
        List<Guid> pupils = [.. devices.Select(device => device.Pupil?.Value ?? Guid.Empty).Distinct()];
        var known = await PupilTables.All.Where(table => !table.GoesLast && table != this)
            .Select(table => table.PupilsIn(context)).Aggregate(Queryable.Concat)
            .Where(pupil => pupils.Contains(pupil)).Distinct().ToListAsync(cancellationToken);
        // Whether it is bound stands in the document alone; few are as old as these.
        var rows = await Rows(context).Where(row => ids.Contains(row.Id) && known.Contains(row.PupilId))
            .Select(row => new { row.Id, row.Document }).ToListAsync(cancellationToken);
        return [.. rows.Where(row => RecordJson.Read<PupilDevice>(row.Document).IsBound).Select(row => row.Id)];
    }
}
