using AV1Relay.Domain.Audit;
using AV1Relay.Domain.Booking;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Records;
using AV1Relay.Domain.Refusals;
using AV1Relay.Domain.Sessions;
using NodaTime;

namespace AV1Relay.Application.Running;

// How it feels to a pupil: before they come in, and when they look back.
public sealed partial class RunningSessions
{
    /// <summary>So many of the latest ratings a pupil sees of one step.</summary>
    private const int MostOfCurve = 12;

    /// <summary>The pupil shares their numbers of a session together, or none of them.</summary>
    private const SharedWithAdults Numbers = SharedWithAdults.Before | SharedWithAdults.After;

    /// <summary>How it felt before, as the pupil tapped on today's page: kept once they are in. Adults see nothing of it until the pupil has, and shares it.</summary>
    /// <param name="isTheirs">As for looking back.</param>
    /// <param name="rating">0–10, how hard it felt.</param>
    /// <returns>Null: it is kept.</returns>
    public async Task<Refusal?> RateBeforeAsync(ScheduledSessionId id, Func<string, bool> isTheirs, int rating, Instant now, CancellationToken cancellationToken)
    {
        Kept<ScheduledSession>? known;
        await using (var look = await ReadAsync(now, cancellationToken)) known = await look.Sessions.FindAsync(id, cancellationToken);
        if (known is null) return RunningRefusals.NoSuchSession;
        await using var work = await records.BeginAsync(RelayItself.Who, now, [Claim.On(known.Value.Booked.Pupil)], cancellationToken);
        if (await work.Sessions.FindAsync(id, cancellationToken) is not { Value: var session }) return RunningRefusals.NoSuchSession;
        if (session.State != SessionState.Live || session.History.Joins.LastOrDefault() is not { } join || !isTheirs(join.DeviceId)) return RunningRefusals.NotIn;
        var ofStep = await work.Ratings.OfStepAsync(session.Booked.Pupil, session.Booked.Step, cancellationToken);
        if (ofStep.FirstOrDefault(rated => rated.Value.Session == id) is { } kept) work.Ratings.Replace(kept, kept.Value.Rate(RatingMoment.Before, rating));
        else work.Ratings.Add(NotRatedYet(session).Rate(RatingMoment.Before, rating));
        return await work.CommitAsync(cancellationToken);
    }

    /// <summary>The pupil looks back on a session that is over. Said again, it is a correction; nothing waits for it.</summary>
    /// <param name="isTheirs">Whether it is this device that asks: the one that was in the session last.</param>
    public async Task<Outcome<PupilsCurve>> ReflectAsync(
        ScheduledSessionId id, Func<string, bool> isTheirs, LookBack said, Instant now, CancellationToken cancellationToken)
    {
        Kept<ScheduledSession>? known;
        await using (var look = await ReadAsync(now, cancellationToken)) known = await look.Sessions.FindAsync(id, cancellationToken);
        if (known is null) return RunningRefusals.NoSuchSession;
        var pupil = known.Value.Booked.Pupil;
        await using var work = await records.BeginAsync(RelayItself.Who, now, [Claim.On(pupil)], cancellationToken);
        if (await work.Sessions.FindAsync(id, cancellationToken) is not { } kept) return RunningRefusals.NoSuchSession;
        var session = kept.Value;
        if (session.History.Joins.LastOrDefault() is not { } join || !isTheirs(join.DeviceId)) return RunningRefusals.NotIn;
        if (TextLimits.WhyNotName(said.Line) is { } tooLong) return tooLong;
        if (!session.Reflect(new Reflection.OfPupil(pupil, now, said.Line, said.Shares?.Line is true)).TryGet(out var reflected, out var refusals))
            return Outcome.Refused<PupilsCurve>(refusals);
        if (!ReferenceEquals(reflected, session))
        {
            work.Sessions.Replace(kept, reflected);
            work.Record(RunningAudit.Entry(RunningAudit.Link, AuditSlugs.SessionLookedBackOn, session, reflected, now));
        }

        var curve = await RateAsync(work, session, said, now, cancellationToken);
        return await work.CommitAsync(cancellationToken) is { } conflict ? conflict : curve;
    }

    private static async Task<PupilsCurve> RateAsync(IWork work, ScheduledSession session, LookBack said, Instant now, CancellationToken cancellationToken)
    {
        var booked = session.Booked;
        var ofStep = await work.Ratings.OfStepAsync(booked.Pupil, booked.Step, cancellationToken);
        var before = ofStep.FirstOrDefault(rating => rating.Value.Session == session.Id);
        var old = before?.Value ?? NotRatedYet(session);
        var rating = said.Rating == old.ForPupil.After ? old : old.Rate(RatingMoment.After, said.Rating);
        if (said.Shares is { } shares)
        {
            var shared = shares.Rating ? rating.Shared | Numbers : rating.Shared & ~Numbers;
            if (shared != old.Shared)
            {
                var chosen = new AuditChange(
                    AuditSlugs.RatingsSharingChanged, $"session {session.Id}", new Act(RelayItself.Who, now),
                    AuditedValue.Written("shared", old.Shared.ToString(), shared.ToString()));
                work.Record(chosen.ToEntry() with { Who = RunningAudit.Link });
            }

            rating = rating.Share(shared).SeenByPupil(now); // the choice stands below the curve
        }

        if (before is not null && !ReferenceEquals(rating, old)) work.Ratings.Replace(before, rating);
        else if (before is null && said.Rating is not null) work.Ratings.Add(rating);
        var atThisStep = ofStep.Select(kept => kept.Value).Where(other => other.Session != session.Id).Append(rating).OrderBy(tried => tried.At)
            .Select(tried => tried.ForPupil.After).OfType<int>().TakeLast(MostOfCurve);
        return new PupilsCurve([.. atThisStep], rating.ForPupil.Before);
    }

    private static StepRating NotRatedYet(ScheduledSession session) =>
        new(new RatingId(session.Id.Value), session.Booked.Pupil, session.Booked.Step, session.Id, session.Window.Start);
}
