using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using AV1Relay.Application.Asking;
using AV1Relay.Domain.Booking;
using AV1Relay.Domain.Calendar;
using AV1Relay.Domain.Calendar.Imports;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Records;
using AV1Relay.Domain.Refusals;
using NodaTime;

namespace AV1Relay.Application.Times;

/// <summary>A calendar file of a school's year: first shown, with all that it would change and touch; then, just as it was shown, taken over.</summary>
public sealed class StaffTimesImport
{
    private readonly StaffSchoolTimes _times;
    private readonly Desk _desk;

    internal StaffTimesImport(StaffSchoolTimes times, Desk desk) => (_times, _desk) = (times, desk);

    /// <summary>The times that a file would change, before it is read: refused to who may not change them.</summary>
    public Task<Outcome<ReadSchoolTimes>> BeginAsync(Caller caller, SchoolId school, CancellationToken cancellationToken) =>
        _times.ReadToChangeAsync(caller, school, cancellationToken);

    /// <param name="year">Any day of the school year that the file is taken over for.</param>
    public async Task<Outcome<PreviewedImport>> PreviewAsync(
        Caller caller, SchoolId school, ImportedFile file, LocalDate year, CancellationToken cancellationToken) =>
        (await PlanAsync(caller, school, file, year, cancellationToken)).TryGet(out var planned, out var refusals)
            ? planned.Shown
            : Outcome.Refused<PreviewedImport>(refusals);

    /// <summary>Takes it over if it would still do what was shown, and to no other sessions.</summary>
    /// <param name="shown">The preview's <see cref="PreviewedImport.Seal"/>.</param>
    public async Task<Outcome<ReadSchoolTimes>> ConfirmAsync(
        Caller caller, SchoolId school, ImportedFile file, LocalDate year, string shown, string why, CancellationToken cancellationToken)
    {
        if (!(await PlanAsync(caller, school, file, year, cancellationToken)).TryGet(out var planned, out var refusals))
            return Outcome.Refused<ReadSchoolTimes>(refusals);
        if (planned.Shown.Seal != shown) return RecordRefusals.ChangedMeanwhile;
        var request = new TimesChangeRequest(school, planned.Shown.Version, why, [.. planned.Shown.Hit.Select(hit => hit.Session.Id)]);
        return await _times.ChangeAsync(caller, request, new TimesChange.Import(planned.Next), cancellationToken); // which looks at version and sessions once more
    }

    private async Task<Outcome<Planned>> PlanAsync(Caller caller, SchoolId school, ImportedFile file, LocalDate year, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (!(await _times.ReadToChangeAsync(caller, school, cancellationToken)).TryGet(out var read, out var refusals)) return Outcome.Refused<Planned>(refusals);
        var names = read.Teachers.GroupBy(person => person.Name.Text, StringComparer.OrdinalIgnoreCase).Where(same => same.Count() == 1)
            .ToDictionary(same => same.Key, same => same.Single().Who, StringComparer.OrdinalIgnoreCase); // of two with one name, nobody knows which
        var imported = TimesImport.Of(
            file, read.Times, read.Times.Calendar.AcademicYearOf(year), read.Today, name => names.TryGetValue(name, out var who) ? who : null, Guid.NewGuid,
            new Act(caller.Who, _desk.Now));
        if (!imported.TryGet(out var import, out refusals)) return Outcome.Refused<Planned>(refusals);
        if (!(await _times.PreviewAsync(caller, school, new TimesChange.Import(import.Next), cancellationToken)).TryGet(out var previewed, out refusals))
            return Outcome.Refused<Planned>(refusals);
        if (previewed.Version != read.Version) return RecordRefusals.ChangedMeanwhile;
        return new Planned(
            new PreviewedImport(import.Lines, import.NotUnderstood, previewed, SealOf(import, previewed)), import.Next);
    }

    /// <summary>The same only where the same was shown of the same times.</summary>
    private static string SealOf(TimesImport import, PreviewedTimes previewed)
    {
        var text = new StringBuilder().Append(previewed.Version).Append('\n');
        foreach (var line in import.Lines) text.Append(line.Effect).Append(line.Kind).Append(line.What).Append('\n');
        foreach (var hit in previewed.Hit) text.Append(hit.Session.Id).Append(hit.Why.Code).Append('\n');
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    private sealed record Planned(PreviewedImport Shown, SchoolTimes Next);
}

/// <summary>What taking over a file would do.</summary>
/// <param name="Lines">Empty: nothing, it is all there already.</param>
/// <param name="Touched">With the sessions that would no longer fit.</param>
/// <param name="Seal">To be given back with the confirmation: it stands for all that was shown.</param>
public sealed record PreviewedImport(
    ImmutableArray<ImportLine> Lines, ImmutableArray<NotUnderstood> NotUnderstood, PreviewedTimes Touched, string Seal)
{
    internal ImmutableArray<HitSession> Hit => Touched.Hit;

    internal long Version => Touched.Version;

    public override string ToString() => nameof(PreviewedImport);
}
