using AV1Relay.Domain.Access;
using AV1Relay.Domain.Audit;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Records;
using AV1Relay.Domain.Refusals;
using NodaTime;

namespace AV1Relay.Application.Asking;

/// <summary>The one way in which staff look at something or change it: who asks, may they, what does the domain say, keep it, and note it.</summary>
internal sealed class Desk(IRecords records, TimeProvider time)
{
    public Instant Now => Instant.FromDateTimeOffset(time.GetUtcNow());

    /// <summary>Finds out, without asking for a right: what a change has to claim, say. Nothing of it goes to who asked.</summary>
    public async Task<T> PeekAsync<T>(Caller caller, Func<IWork, Task<T>> find, CancellationToken cancellationToken)
    {
        await using var work = await records.BeginAsync(caller.Who, Now, [], cancellationToken);
        return await find(work);
    }

    /// <param name="find">Null: nothing is stored under that id.</param>
    public async Task<Outcome<Shown<T>>> LookAsync<T>(
        Caller caller, Operation operation, Func<IWork, Task<Asked<T>?>> find, CancellationToken cancellationToken)
        where T : class
    {
        var now = Now;
        await using var work = await records.BeginAsync(caller.Who, now, [], cancellationToken);
        var asked = await find(work);
        if (!(await PermitAsync(work, caller, operation, asked, now, cancellationToken)).TryGet(out var permission, out var refusals))
            return Outcome.Refused<Shown<T>>(refusals);
        if (AuditedOperations.Find(operation) is { } slug)
        {
            work.Record(new AuditChange(slug, asked!.Subject, new Act(caller.Who, now)).ToEntry()); // what is not there is never permitted
            if (await work.CommitAsync(cancellationToken) is { } conflict) return conflict;
        }

        return new Shown<T>(asked!.Value, permission);
    }

    /// <summary>
    /// As <see cref="LookAsync"/>, for a page that asks every other second for what its person has opened: only who is turned away is noted, or a
    /// lesson would fill the audit.
    /// </summary>
    /// <param name="find">Null: nothing is stored under that id.</param>
    public async Task<Outcome<Shown<T>>> GlanceAsync<T>(
        Caller caller, Operation operation, Func<IWork, Task<Asked<T>?>> find, CancellationToken cancellationToken)
        where T : class
    {
        var now = Now;
        await using var work = await records.BeginAsync(caller.Who, now, [], cancellationToken);
        var asked = await find(work);
        return (await PermitAsync(work, caller, operation, asked, now, cancellationToken)).TryGet(out var permission, out var refusals)
            ? new Shown<T>(asked!.Value, permission) // what is not there is never permitted
            : Outcome.Refused<Shown<T>>(refusals);
    }

    /// <summary>Of several things, those that this person may see; one audit entry for all of them.</summary>
    /// <param name="whole">What all of them are part of. Where none may be seen, only who may see the whole hears that there is none.</param>
    /// <param name="subject">The whole, as the audit names it.</param>
    public async Task<Outcome<List<Shown<T>>>> LookThroughAsync<T>(
        Caller caller, Operation operation, AccessSubject whole, string subject, Func<IWork, Task<IEnumerable<Asked<T>>>> find,
        CancellationToken cancellationToken)
        where T : class
    {
        var now = Now;
        await using var work = await records.BeginAsync(caller.Who, now, [], cancellationToken);
        var assignments = await work.Assignments.OfPersonAsync(caller.Who, cancellationToken);
        List<Shown<T>> shown = [];
        foreach (var asked in await find(work))
        {
            if (AccessPolicy.Check(assignments, operation, asked.About, now).TryGet(out var permission, out _)) shown.Add(new(asked.Value, permission));
        }

        if (shown.Count == 0
            && !(await PermitAsync(work, caller, operation, new Asked<string>(subject, whole, subject), now, cancellationToken)).TryGet(out _, out var refusals))
            return Outcome.Refused<List<Shown<T>>>(refusals);
        if (AuditedOperations.Find(operation) is { } slug)
        {
            work.Record(new AuditChange(slug, subject, new Act(caller.Who, now)).ToEntry());
            if (await work.CommitAsync(cancellationToken) is { } conflict) return conflict;
        }

        return shown;
    }

    /// <param name="why">In the person's words; may be empty. One that is too long is refused, whatever the change.</param>
    /// <param name="claims">What nobody else may change meanwhile.</param>
    /// <param name="find">Null: nothing is stored under that id.</param>
    /// <param name="change">Asks the domain, and adds or replaces what becomes of it.</param>
    public async Task<Outcome<TResult>> ChangeAsync<T, TResult>(
        Caller caller,
        Operation operation,
        string why,
        IReadOnlyCollection<Claim> claims,
        Func<IWork, Task<Asked<T>?>> find,
        Func<IWork, T, Act, Task<Outcome<Done<TResult>>>> change,
        CancellationToken cancellationToken)
        where T : class
        where TResult : class
    {
        var now = Now;
        await using var work = await records.BeginAsync(caller.Who, now, claims, cancellationToken);
        var asked = await find(work);
        if (!(await PermitAsync(work, caller, operation, asked, now, cancellationToken)).TryGet(out _, out var refusals))
            return Outcome.Refused<TResult>(refusals);

        if (TextLimits.WhyNotReason(why) is { } tooLong) return tooLong;
        var act = new Act(caller.Who, now, why);
        if (!(await change(work, asked!.Value, act)).TryGet(out var done, out refusals)) return Outcome.Refused<TResult>(refusals); // as above
        if (done.ChangedSomething && (done.Slug ?? AuditedOperations.Find(operation)) is { } slug)
            work.Record(new AuditChange(slug, asked.Subject, act, done.Values).ToEntry());
        return await work.CommitAsync(cancellationToken) is { } conflict ? conflict : done.Result;
    }

    /// <remarks>Who was turned away is noted, with the operation alone: what they sent could be anything.</remarks>
    private static async Task<Outcome<Permission>> PermitAsync<T>(
        IWork work, Caller caller, Operation operation, Asked<T>? asked, Instant now, CancellationToken cancellationToken)
        where T : class
    {
        var assignments = await work.Assignments.OfPersonAsync(caller.Who, cancellationToken);
        var about = asked?.About ?? AccessSubject.NotFound;
        var outcome = AccessPolicy.Check(assignments, operation, about, now);
        if (!outcome.IsRefused && asked?.AlsoNeeds is { } also
            && AccessPolicy.Check(assignments, also, about, now) is { IsRefused: true } withheld) (operation, outcome) = (also, withheld);
        if (!outcome.IsRefused) return outcome;
        work.Record(new AuditEntry(now, caller.ToString(), "access.refused", asked?.Subject ?? "nothing", operation.ToString()));
        await work.CommitAsync(cancellationToken);
        return outcome;
    }
}
