using AV1Relay.Domain.People;
using AV1Relay.Domain.Privacy;
using AV1Relay.Domain.Records;
using AV1Relay.Domain.Robots;
using AV1Relay.Storage.Records;
using AV1Relay.Tests.Unit.Domain.Plans;
using NodaTime;

namespace AV1Relay.Tests.Unit.Storage.Records;

/// <summary>One kind of record, for what is true of all kinds.</summary>
internal abstract class RecordCase(string name)
{
    private static readonly Act Act = PlanFixture.ActAt() with { Why = "A claim was announced" };

    public static PersonCard Adult { get; } = new(PlanFixture.KeyAdult, new PersonalText("Ms Grey"), new PersonalText("01392 000000"));

    public static StationedRobot Robot { get; } = new("robot-1", OnePupil.School, "the head does not turn", new(Duration.FromHours(3), Duration.FromMinutes(20)));

    public static LegalHold Hold { get; } = new(new LegalHoldId(PlanFixture.Id(90)), OnePupil.Id, RetentionClass.PlanRecord, Act, null);

    public static IReadOnlyList<RecordCase> All { get; } =
    [
        Of(OnePupil.Card, work => work.PupilCards, OnePupil.Id),
        Of(OnePupil.Schooling, work => work.Schoolings, OnePupil.Id),
        Of(Adult, work => work.PersonCards, Adult.Id),
        Of(OnePupil.Parenthood, work => work.Parenthoods, (OnePupil.Mother, OnePupil.Id, OnePupil.Parenthood.Entered.At)),
        Of(OnePupil.Rating, work => work.Ratings, OnePupil.Rating.Id),
        Of(OnePupil.Session, work => work.Sessions, OnePupil.Session.Id),
        AtSchool(OnePupil.Arrangement, work => work.Arrangements, OnePupil.Arrangement.Id),
        Of(OnePupil.Log, work => work.Contacts, OnePupil.Id),
        Of(OnePupil.SentHome, work => work.SentHome, OnePupil.SentHome.Id),
        Of(OnePupil.Comment, work => work.PlanComments, OnePupil.Comment.Said.Id),
        AtSchool(OnePupil.Referral, work => work.Referrals, OnePupil.Referral.Id),
        Of(OnePupil.Missed, work => work.Missed, (OnePupil.Id, OnePupil.Missed.Year.Dates.Start)),
        Of(OnePupil.Profile, work => work.AttendProfiles, OnePupil.Id),
        Of(Hold, work => work.LegalHolds, Hold.Id),
        Of(Robot, work => work.StationedRobots, Robot.RobotName),
    ];

    public override string ToString() => name;

    public abstract void Add(IWork work);

    /// <summary>The version, and the document as it would be written again; null when it isn't there.</summary>
    public abstract Task<(long Version, string Document)?> ReadAsync(IWork work, CancellationToken cancellationToken);

    /// <summary>Puts the next version in the place of the one that was read, with the same content.</summary>
    public abstract Task<Action<IWork>> ReadToReplaceAsync(IWork work, CancellationToken cancellationToken);

    public abstract string Document { get; }

    private static RecordCase<T> Of<TId, T>(T record, Func<IWork, IRecordSet<TId, T>> set, TId id)
        where T : class =>
        new(record, work => set(work).Add(record), (work, cancellation) => set(work).FindAsync(id, cancellation), (work, kept) => set(work).Replace(kept, kept.Value));

    private static RecordCase<T> AtSchool<TId, T>(T record, Func<IWork, IRecordSetAtSchools<TId, T>> set, TId id)
        where T : class =>
        new(
            record, work => set(work).Add(record, OnePupil.School), (work, cancellation) => set(work).FindAsync(id, cancellation),
            (work, kept) => set(work).Replace(kept, kept.Value));
}

internal sealed class RecordCase<T>(
    T record, Action<IWork> add, Func<IWork, CancellationToken, Task<Kept<T>?>> find, Action<IWork, Kept<T>> replace) : RecordCase(typeof(T).Name)
    where T : class
{
    public override string Document => RecordJson.Write(record);

    public override void Add(IWork work) => add(work);

    public override async Task<(long Version, string Document)?> ReadAsync(IWork work, CancellationToken cancellationToken) =>
        await find(work, cancellationToken) is { } kept ? (kept.Version, RecordJson.Write(kept.Value)) : null;

    public override async Task<Action<IWork>> ReadToReplaceAsync(IWork work, CancellationToken cancellationToken)
    {
        var kept = await find(work, cancellationToken) ?? throw new InvalidOperationException("It is not there.");
        return other => replace(other, kept);
    }
}
