using AV1Relay.Application.Asking;
using AV1Relay.Domain.Access;
using AV1Relay.Domain.Evaluation;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Refusals;
using NodaTime;

namespace AV1Relay.Application.Evaluation;

/// <summary>What the service came to: figures without names, with small numbers kept back.</summary>
public sealed class StaffEvaluation
{
    private readonly Desk _desk;

    internal StaffEvaluation(Desk desk) => _desk = desk;

    /// <summary>The figures of several schools, each of which has to be permitted. Facts are read one at a time, however many years there are.</summary>
    /// <exception cref="ArgumentException">No school, no period, or periods that overlap.</exception>
    public async Task<Outcome<EvaluationExport>> ExportAsync(
        Caller caller, IReadOnlyCollection<SchoolId> schools, IReadOnlyList<EvaluationPeriod> periods, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(schools);
        ArgumentNullException.ThrowIfNull(periods);
        if (schools.Count == 0) throw new ArgumentException("An evaluation is of schools.", nameof(schools));
        if (periods.Count == 0) throw new ArgumentException("An evaluation is of some time.", nameof(periods));
        var days = new DateInterval(periods.Min(period => period.Dates.Start), periods.Max(period => period.Dates.End));
        Dictionary<SchoolId, string> names = [];
        using var pseudonyms = new Pseudonyms();
        List<SchoolCard> permitted = [];
        foreach (var school in schools) // every right is asked for before anything is gathered
        {
            var looked = await _desk.LookAsync(
                caller, Operation.ExportEvaluation,
                async work => await work.Schools.FindAsync(school, cancellationToken) is { Value: var card }
                    ? new Asked<SchoolCard>(card, AccessSubject.OfSchool(school), $"school {school}")
                    : null,
                cancellationToken);
            if (!looked.TryGet(out var shown, out var refusals)) return Outcome.Refused<EvaluationExport>(refusals);
            permitted.Add(shown.Value);
        }

        var settings = await _desk.PeekAsync(caller, work => work.SettingsAsync(cancellationToken), cancellationToken);
        var gathering = new EngagementGathering(periods, settings.Evaluation);
        foreach (var school in permitted)
        {
            names[school.Id] = school.Name;
            await _desk.PeekAsync(
                caller,
                async work =>
                {
                    await foreach (var fact in SchoolFacts.OfAsync(work, school, days, pseudonyms, settings.Sessions, cancellationToken)) gathering.Add(fact);
                    return gathering;
                },
                cancellationToken);
        }

        return new EvaluationExport(gathering.Publish(), names);
    }
}

/// <param name="Names">Of the schools in the figures.</param>
public sealed record EvaluationExport(EngagementFigures Figures, IReadOnlyDictionary<SchoolId, string> Names)
{
    /// <summary>As CSV, without line ends; one line is held at a time.</summary>
    public IEnumerable<string> Lines() => EvaluationCsv.Lines(Figures, school => Names[school]);

    public override string ToString() => nameof(EvaluationExport);
}
