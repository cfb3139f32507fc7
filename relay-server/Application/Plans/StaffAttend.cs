using AV1Relay.Application.Asking;
using AV1Relay.Domain.Access;
using AV1Relay.Domain.Attend;
using AV1Relay.Domain.Audit;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Records;
using AV1Relay.Domain.Refusals;

namespace AV1Relay.Application.Plans;

/// <summary>The authority's ATTEND framework, as those who hold the reviews fill it in for one pupil.</summary>
public sealed class StaffAttend
{
    private static readonly Refusal NotSupplied = new(
        "attend.not-supplied", "The authority has not supplied the framework for this pupil yet.", "Ask the authority's administrator to enter it in the settings. The plan works without.");

    private static readonly Refusal TooLong = new(
        "attend.answer-too-long", $"An answer has more than {PlanLimits.LongestWords} characters.", "Say it in fewer words.");

    private readonly Desk _desk;

    internal StaffAttend(Desk desk) => _desk = desk;

    public async Task<Outcome<ReadAttend>> ReadAsync(Caller caller, PlanId plan, CancellationToken cancellationToken)
    {
        var looked = await _desk.LookAsync(caller, Operation.ReadAttendProfile, work => FindAsync(work, plan, cancellationToken), cancellationToken);
        if (!looked.TryGet(out var shown, out var refusals)) return Outcome.Refused<ReadAttend>(refusals);
        return shown.Value is { Now: { } profile } of ? new ReadAttend(profile, of.Kept?.Version ?? 0) : NotSupplied;
    }

    /// <param name="seen">The version that was on the person's page.</param>
    /// <param name="answers">By question; those that say what the latest answer says are left as they are.</param>
    public async Task<Outcome<ReadAttend>> AnswerAsync(
        Caller caller, PlanId plan, long seen, IReadOnlyDictionary<QuestionId, string> answers, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(answers);
        var pupil = await _desk.PeekAsync(caller, work => work.Plans.FindAsync(plan, cancellationToken), cancellationToken);
        return await _desk.ChangeAsync<OfPlan, ReadAttend>(
            caller, Operation.AnswerAttendProfile, "", pupil is null ? [] : [Claim.On(pupil.Value.Pupil)],
            work => FindAsync(work, plan, cancellationToken),
            (work, of, act) => Task.FromResult(Answer(work, of, seen, answers, act)),
            cancellationToken);
    }

    private static Outcome<Done<ReadAttend>> Answer(
        IWork work, OfPlan of, long seen, IReadOnlyDictionary<QuestionId, string> answers, Act act)
    {
        if (of.Now is not { } asked) return NotSupplied;
        if ((of.Kept?.Version ?? 0) != seen) return RecordRefusals.ChangedMeanwhile;
        if (answers.Values.Any(text => text.Length > PlanLimits.LongestWords)) return TooLong;
        var (profile, latest) = (asked, asked.Entries.ToDictionary(entry => entry.Question.Id, entry => entry.Latest?.Text ?? ""));
        List<AuditedValue> values = [];
        foreach (var (question, text) in answers.Where(answer => latest.GetValueOrDefault(answer.Key) != answer.Value))
        {
            if (!profile.Answer(question, text, act).TryGet(out var next, out var refusals)) return Outcome.Refused<Done<ReadAttend>>(refusals);
            profile = next;
            values.Add(AuditedValue.Written("question", null, question.ToString()));
        }

        if (values.Count == 0) return new Done<ReadAttend>(new ReadAttend(asked, seen)) { ChangedSomething = false };
        if (of.Kept is { } kept) work.AttendProfiles.Replace(kept, profile);
        else work.AttendProfiles.Add(profile);
        return new Done<ReadAttend>(new ReadAttend(profile, seen + 1), values);
    }

    private static async Task<Asked<OfPlan>?> FindAsync(IWork work, PlanId id, CancellationToken cancellationToken) =>
        await work.Plans.FindAsync(id, cancellationToken) is { Value: var plan }
            ? new Asked<OfPlan>(
                await OfAsync(work, plan.Pupil, cancellationToken), AccessSubject.OfPlan(plan.School, plan.Id), $"plan {id}")
            : null;

    /// <summary>With what the authority asks today: answers to what it asked before stay readable.</summary>
    private static async Task<OfPlan> OfAsync(IWork work, PupilId pupil, CancellationToken cancellationToken)
    {
        var kept = await work.AttendProfiles.FindAsync(pupil, cancellationToken);
        var template = (await work.SettingsAsync(cancellationToken)).Attend;
        var now = template is null ? kept?.Value
            : kept is null ? new AttendProfile(pupil, template, [])
            : kept.Value.ChangeTemplate(template).TryGet(out var changed, out _) ? changed : kept.Value;
        return new OfPlan(kept, now);
    }

    /// <param name="Now">Null: the authority has supplied nothing.</param>
    private sealed record OfPlan(Kept<AttendProfile>? Kept, AttendProfile? Now);
}

/// <param name="Version">To be given back with an answer.</param>
public sealed record ReadAttend(AttendProfile Profile, long Version)
{
    public override string ToString() => nameof(ReadAttend);
}
