using System.Collections.Immutable;
using AV1Relay.Domain.Access;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Plans;
using NodaTime;

namespace AV1Relay.Domain.Booking;

/// <summary>Somebody who may put the robot in its place, and when they may not.</summary>
/// <param name="Away">By time.</param>
public sealed record CarrierFacts(PersonId Carrier, ImmutableArray<Interval> Away)
{
    /// <summary>As their roles say: whoever carries a robot says afterwards that it is placed, and has to have the right to.</summary>
    /// <param name="assignments">All of this person's, in force or not.</param>
    /// <param name="around">The time that is looked at.</param>
    /// <returns>Null: at no moment of it.</returns>
    public static CarrierFacts? Of(PersonId carrier, IEnumerable<Assignment> assignments, SchoolId school, PlanId plan, Interval around)
    {
        var placing = AccessTable.Find(Operation.PlaceRobot) ?? throw new InvalidOperationException("Nobody may place a robot.");
        var session = AccessSubject.OfSession(school, plan, room: default, date: default);
        var able = assignments
            .Where(assignment => placing.RightOf(assignment) is not null && assignment.Scope.Covers(placing.Reach, session))
            .Select(assignment => (assignment.From, Until: EndOf(assignment)))
            .Where(span => span.From < around.End && around.Start < span.Until && span.From < span.Until)
            .OrderBy(span => span.From)
            .ToList();
        if (able.Count == 0) return null;

        var away = ImmutableArray.CreateBuilder<Interval>();
        var seen = around.Start;
        foreach (var (from, until) in able)
        {
            if (seen < from) away.Add(new Interval(seen, from));
            seen = Instant.Max(seen, until);
        }

        if (seen < around.End) away.Add(new Interval(seen, around.End));
        return new CarrierFacts(carrier, away.ToImmutable());
    }

    public override string ToString() => nameof(CarrierFacts);

    private static Instant EndOf(Assignment assignment) =>
        Instant.Min(assignment.Until ?? Instant.MaxValue, assignment.Ended?.At ?? Instant.MaxValue);
}
