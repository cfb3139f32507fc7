using System.Collections.Frozen;
using System.Collections.Immutable;
using AV1Relay.Application.Asking;
using AV1Relay.Domain.Access;
using AV1Relay.Domain.Evaluation;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Refusals;

namespace AV1Relay.Application.Evaluation;

/// <summary>What the service came to: figures without names, with small numbers kept back.</summary>
public sealed class StaffEvaluation
{
    private readonly Desk _desk;

    internal StaffEvaluation(Desk desk) => _desk = desk;

    /// <summary>The schools whose figures this person may read, by name, and the years that one of them can be asked about.</summary>
    /// <param name="at">The school that is looked at. Who has no other counts years by its calendar.</param>
    public Task<Outcome<EvaluationChoices>> ChoicesAsync(Caller caller, SchoolId at, CancellationToken cancellationToken) => _desk.PeekAsync<Outcome<EvaluationChoices>>(
        caller,
        async work =>
        {
            var assignments = await work.Assignments.OfPersonAsync(caller.Who, cancellationToken);
            if (!AccessPolicy.Check(assignments, Operation.ReadEvaluation, AccessSubject.OfSchool(at), _desk.Now).TryGet(out _, out var refusals))
                return Outcome.Refused<EvaluationChoices>(refusals);
            var schools = (await work.Schools.AllAsync(cancellationToken)).Select(kept => kept.Value)
                .Where(school => !AccessPolicy.Check(assignments, Operation.ReadEvaluation, AccessSubject.OfSchool(school.Id), _desk.Now).IsRefused).ToList();
            // Of several schools, years begin on one day whichever of them is looked at: from two that overlap, months could be worked out.
            var calendar = schools.Count > 1 ? null : (await work.SchoolTimes.FindAsync(at, cancellationToken))?.Value.Calendar;
            var today = await work.TodayAsync(at, _desk.Now, cancellationToken);
            return new EvaluationChoices([.. schools.Select(school => new EvaluatedSchool(school.Id, school.Name))], new EvaluationTimes(calendar, today));
        },
        cancellationToken);

    /// <summary>The figures of several schools, for a page. Facts are read one at a time, however many years there are.</summary>
    /// <param name="done">How many schools have been read.</param>
    /// <returns>Of the schools that were asked for, those that this person may read; refused where there is none.</returns>
    /// <exception cref="ArgumentException">No school, no month that is over, or <see cref="EvaluationQuestion.Only"/> is none of the schools.</exception>
    public Task<Outcome<EvaluationExport>> ReadAsync(Caller caller, EvaluationQuestion question, IProgress<int>? done, CancellationToken cancellationToken) =>
        GatherAsync(caller, Operation.ReadEvaluation, question, done, cancellationToken);

    /// <summary>The same, to be taken away.</summary>
    /// <exception cref="ArgumentException">As for <see cref="ReadAsync"/>.</exception>
    public Task<Outcome<EvaluationExport>> ExportAsync(Caller caller, EvaluationQuestion question, CancellationToken cancellationToken) =>
        GatherAsync(caller, Operation.ExportEvaluation, question, null, cancellationToken);

    /// <summary>Figures that were gathered for a page are looked at again, or taken away: whether they still may is asked anew.</summary>
    /// <param name="operation"><see cref="Operation.ReadEvaluation"/> or <see cref="Operation.ExportEvaluation"/>.</param>
    public async Task<Outcome<EvaluationExport>> AgainAsync(Caller caller, Operation operation, EvaluationExport gathered, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(gathered);
        if (!(await PermittedAsync(caller, operation, gathered.Names.Keys, cancellationToken)).TryGet(out var permitted, out var refusals))
            return Outcome.Refused<EvaluationExport>(refusals);
        return permitted.Count == gathered.Names.Count ? gathered : NoLongerWhole;
    }

    private static Refusal NoLongerWhole { get; } = new(
        "evaluation.no-longer-whole", "Some of these schools are no longer open to you.", "Ask for the figures again.");

    private async Task<Outcome<EvaluationExport>> GatherAsync(
        Caller caller, Operation operation, EvaluationQuestion question, IProgress<int>? done, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(question);
        var (schools, year, split, only) = question;
        if (schools.Count == 0) throw new ArgumentException("An evaluation is of schools.", nameof(question));
        if (only is { } one && !schools.Contains(one)) throw new ArgumentException("One school is looked at among those that are gathered.", nameof(question));
        if (!year.HasBegun) throw new ArgumentException("An evaluation is of whole months, and none is over.", nameof(question));
        var days = year.PeriodsOf(EvaluationSplit.Year)[0].Dates;
        using var pseudonyms = new Pseudonyms();
        // Every right is asked for before anything is gathered.
        if (!(await PermittedAsync(caller, operation, schools, cancellationToken)).TryGet(out var permitted, out var refusals))
            return Outcome.Refused<EvaluationExport>(refusals);

        var settings = await _desk.PeekAsync(caller, work => work.SettingsAsync(cancellationToken), cancellationToken);
        var gathering = new EngagementGathering(year, settings.Evaluation);
        foreach (var (school, index) in permitted.Select((school, index) => (school, index)))
        {
            await _desk.PeekAsync(
                caller,
                async work =>
                {
                    await foreach (var fact in SchoolFacts.OfAsync(work, school, days, pseudonyms, settings.Sessions, cancellationToken)) gathering.Add(fact);
                    return gathering;
                },
                cancellationToken);
            done?.Report(index + 1);
        }

        return new EvaluationExport(gathering.Publish(split), permitted.ToFrozenDictionary(school => school.Id, school => school.Name), settings.Evaluation, only);
    }

    private async Task<Outcome<List<SchoolCard>>> PermittedAsync(
        Caller caller, Operation operation, IEnumerable<SchoolId> schools, CancellationToken cancellationToken)
    {
        List<SchoolId> asked = [.. schools.Distinct()];
        // One entry in the audit for all of them: four hundred would say no more.
        var subject = asked is [var one] ? $"school {one}" : FormattableString.Invariant($"{asked.Count} schools");
        var looked = await _desk.LookThroughAsync(
            caller, operation, AccessSubject.OfSchool(asked[0]), subject,
            async work => (await work.Schools.FindAllAsync(asked, cancellationToken)).Select(kept => kept.Value).OrderBy(school => school.Name, StringComparer.Ordinal)
                .Select(school => new Asked<SchoolCard>(school, AccessSubject.OfSchool(school.Id), $"school {school.Id}")),
            cancellationToken);
        return looked.TryGet(out var shown, out var refusals)
            ? shown.ConvertAll(school => school.Value)
            : Outcome.Refused<List<SchoolCard>>(refusals);
    }
}

/// <param name="Schools">By name.</param>
public sealed record EvaluationChoices(ImmutableArray<EvaluatedSchool> Schools, EvaluationTimes Times);

public sealed record EvaluatedSchool(SchoolId Id, string Name);

/// <summary>What figures are asked for.</summary>
/// <param name="Schools">Those that are gathered. For somebody who has several it is all of them, also where they look at one: decided for one school by itself, its figures could be subtracted from those of all.</param>
/// <param name="Only">The one of them that is looked at; null: all.</param>
public sealed record EvaluationQuestion(IReadOnlyCollection<SchoolId> Schools, EvaluationYear Year, EvaluationSplit Split, SchoolId? Only = null);

/// <param name="Names">Of the schools that were gathered.</param>
/// <param name="Settings">What small numbers were when they were kept back.</param>
/// <param name="Only">The school that is looked at; null: all of them, and together.</param>
public sealed record EvaluationExport(EngagementFigures Figures, IReadOnlyDictionary<SchoolId, string> Names, EvaluationSettings Settings, SchoolId? Only)
{
    /// <summary>As CSV, without line ends; one line is held at a time.</summary>
    public IEnumerable<string> Lines() => EvaluationCsv.Lines(Figures, school => Names[school], Only);

    public override string ToString() => nameof(EvaluationExport);
}
