using System.Collections.Immutable;
using AV1Relay.Application.Asking;
using AV1Relay.Application.Live;
using AV1Relay.Domain.Access;
using AV1Relay.Domain.Overview;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Records;
using AV1Relay.Domain.Refusals;
using NodaTime;

namespace AV1Relay.Application.Overview;

/// <summary>"What needs me": a member of staff's day at one school.</summary>
public sealed class StaffOverview
{
    /// <summary>So many of others' plans are listed; for all of them there is the list of plans.</summary>
    private const int MostOfOthers = 20;

    private readonly Desk _desk;
    private readonly IRobotsNow _robots;

    internal StaffOverview(Desk desk, IRobotsNow robots) => (_desk, _robots) = (desk, robots);

    /// <summary>The most urgent first; of plans that this person may read, and of no others.</summary>
    public async Task<Outcome<WhatNeedsMe>> WhatNeedsMeAsync(Caller caller, SchoolId school, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        var looked = await _desk.LookAsync(
            caller, Operation.ReadWhatNeedsMe,
            async work => await work.Schools.FindAsync(school, cancellationToken) is { } kept
                ? new Asked<WhatNeedsMe>(
                    await ListAsync(work, caller, school, kept.Value.Zone(), cancellationToken), AccessSubject.OfSchool(school), $"school {school}")
                : null,
            cancellationToken);
        return looked.TryGet(out var shown, out var refusals) ? shown.Value : Outcome.Refused<WhatNeedsMe>(refusals);
    }

    /// <summary>How many things of their own are on the list, for somebody who may see it; none for others. Nothing else of it is told, so it is no look.</summary>
    internal async Task<int> CountOwnAsync(IWork work, Caller caller, SchoolCard school, IReadOnlyCollection<Assignment> assignments, CancellationToken cancellationToken) =>
        AccessPolicy.Check(assignments, Operation.ReadWhatNeedsMe, AccessSubject.OfSchool(school.Id), _desk.Now).IsRefused
            ? 0
            : (await ListAsync(work, caller, school.Id, school.Zone(), cancellationToken)).Items.Count(item => item.IsOwn);

    private async Task<WhatNeedsMe> ListAsync(IWork work, Caller caller, SchoolId school, DateTimeZone zone, CancellationToken cancellationToken)
    {
        var now = _desk.Now;
        var wall = now.InZone(zone).LocalDateTime;
        var settings = await work.SettingsAsync(cancellationToken);
        var assignments = await work.Assignments.OfPersonAsync(caller.Who, cancellationToken);
        var plans = (await work.Plans.ActiveOfSchoolAsync(school, cancellationToken))
            .Where(plan => !AccessPolicy.Check(assignments, Operation.ReadPlan, AccessSubject.OfPlan(school, plan.People.Plan), now).IsRefused)
            .ToDictionary(plan => plan.People.Plan);
        if (plans.Count == 0) return new WhatNeedsMe([], 0); // nothing of theirs can be found, so nothing is looked for
        var needs = await NeedsOfSchool.FindAsync(work, school, plans, zone, wall, settings, _robots, cancellationToken);
        // Whose role reads each plan of the school looks after all of them: of no plan in particular asks for that.
        var isOfWholeSchool = !AccessPolicy.Check(assignments, Operation.ReadPlan, AccessSubject.OfPlan(school, default), now).IsRefused;
        var items = NeedsMe.For(caller.Who, needs, wall, settings.Overview, isOfWholeSchool);
        var others = items.Count(item => !item.IsOwn);
        return new WhatNeedsMe([.. items.Where(item => item.IsOwn), .. items.Where(item => !item.IsOwn).Take(MostOfOthers)], Math.Max(0, others - MostOfOthers));
    }
}

/// <param name="Items">Their own first, then what is overdue with others' plans.</param>
/// <param name="MoreOfOthers">How many more of others there are.</param>
public sealed record WhatNeedsMe(ImmutableArray<OverviewItem> Items, int MoreOfOthers)
{
    public override string ToString() => nameof(WhatNeedsMe);
}
