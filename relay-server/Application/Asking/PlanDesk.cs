using AV1Relay.Domain.Access;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Records;
using AV1Relay.Domain.Refusals;
using NodaTime;

namespace AV1Relay.Application.Asking;

/// <summary>The desk for what stands around one plan: contacts, reduced timetables, referrals, the ledger.</summary>
/// <remarks>
/// Some of it is the pupil's and goes along to their next school. So it is opened by a plan only while the pupil is at that plan's school: to the school
/// before, it is as if it were not there.
/// </remarks>
internal sealed class PlanDesk(Desk desk)
{
    /// <param name="read">What is looked at, whole: what is to be left out of it, the answer says.</param>
    /// <param name="alsoNeeds">A second right that this asks for; null: none.</param>
    public Task<Outcome<Shown<T>>> LookAsync<T>(
        Caller caller, Operation operation, PlanId plan, Func<IWork, SupportPlan, Instant, Task<T>> read, CancellationToken cancellationToken,
        Operation? alsoNeeds = null)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(caller);
        return desk.LookAsync(
            caller, operation,
            async work => await FindAsync(work, plan, cancellationToken) is { } found
                ? new Asked<T>(await read(work, found, desk.Now), About(found), Subject(found)) { AlsoNeeds = alsoNeeds }
                : null,
            cancellationToken);
    }

    /// <param name="change">Asks the domain, and adds or replaces what becomes of it.</param>
    /// <param name="alsoNeeds">A second right that this asks for, by what is stored; null: none.</param>
    public async Task<Outcome<TResult>> ChangeAsync<TResult>(
        Caller caller, Operation operation, PlanId plan, string why, Func<IWork, SupportPlan, Act, Task<Outcome<Done<TResult>>>> change,
        CancellationToken cancellationToken, Func<IWork, SupportPlan, Task<Operation?>>? alsoNeeds = null)
        where TResult : class
    {
        ArgumentNullException.ThrowIfNull(caller);
        var pupil = await desk.PeekAsync(caller, work => work.Plans.FindAsync(plan, cancellationToken), cancellationToken);
        return await desk.ChangeAsync(
            caller, operation, why, pupil is null ? [] : [Claim.On(pupil.Value.Pupil)],
            async work => await FindAsync(work, plan, cancellationToken) is { } found
                ? new Asked<SupportPlan>(found, About(found), Subject(found)) { AlsoNeeds = alsoNeeds is null ? null : await alsoNeeds(work, found) }
                : null,
            change,
            cancellationToken);
    }

    private async Task<SupportPlan?> FindAsync(IWork work, PlanId id, CancellationToken cancellationToken) =>
        await work.Plans.FindAsync(id, cancellationToken) is { Value: var plan }
        && await work.IsAtAsync(plan.Pupil, plan.School, await work.TodayAsync(plan.School, desk.Now, cancellationToken), cancellationToken)
            ? plan
            : null;

    private static AccessSubject About(SupportPlan plan) => AccessSubject.OfPlan(plan.School, plan.Id);

    private static string Subject(SupportPlan plan) => $"plan {plan.Id}";
}
