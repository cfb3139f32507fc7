using System.Collections.Immutable;
using AV1Relay.Domain.Privacy;
using AV1Relay.Domain.Records;
using AV1Relay.Storage.Arrangements;
using AV1Relay.Storage.Attend;
using AV1Relay.Storage.Booking;
using AV1Relay.Storage.Contacts;
using AV1Relay.Storage.Engagement;
using AV1Relay.Storage.People;
using AV1Relay.Storage.Plans;
using AV1Relay.Storage.Records;
using AV1Relay.Storage.Referrals;
using Microsoft.EntityFrameworkCore.Metadata;

namespace AV1Relay.Storage.Privacy;

/// <summary>What each table of records about pupils holds, and in which class it is kept.</summary>
internal static class PupilTables
{
    /// <summary>In the order of deletion.</summary>
    public static ImmutableArray<PupilTable> All { get; } =
    [
        new RatingTable(new RecordKind("rating", "Ratings", RetentionClass.SessionDetail)),
        Of<SessionRow>("session", "Sessions", RetentionClass.SessionDetail),
        Of<PlanRow>("plan", "Support plan, with its reviews", RetentionClass.PlanRecord),
        Of<ArrangementRow>("arrangement", "Reduced timetables", RetentionClass.PlanRecord),
        Of<ContactLogRow>("contact", "Regular contact", RetentionClass.PlanRecord),
        Of<SentHomeRow>("sent-home", "Sent home", RetentionClass.PlanRecord),
        Of<PlanCommentRow>("plan-comment", "Comments on the plan", RetentionClass.PlanRecord),
        Of<ReferralRow>("referral", "Referrals", RetentionClass.PlanRecord),
        Of<AttendProfileRow>("attend-profile", "ATTEND framework", RetentionClass.PlanRecord),
        new ConcernTable(new RecordKind("concern", "That a concern was raised", RetentionClass.ConcernRaised)),
        Of<EngagementRow>("engagement", "Engagement ledger", RetentionClass.AttendanceLike),
        Of<MissedSessionsRow>("missed-sessions", "Days missed", RetentionClass.AttendanceLike),
        new DeviceTable(new RecordKind("device", "Devices bound to the pupil", RetentionClass.SessionDetail)),
        Last<ParenthoodRow>("parenthood", "Parents and carers", RetentionClass.PlanRecord),
        Last<SchoolingRow>("schooling", "Schools", RetentionClass.PlanRecord),
        Last<PupilCardRow>("pupil-card", "Who the pupil is", RetentionClass.PlanRecord),
    ];

    /// <exception cref="InvalidOperationException">A table has no class here: whatever is done without it would be done by halves.</exception>
    public static void Check(IModel model)
    {
        if (RowsIn(model).Except(All.Select(table => table.Row)).FirstOrDefault() is { } forgotten)
            throw new InvalidOperationException($"Nobody has said how long a {forgotten.Name} is kept.");
    }

    public static IEnumerable<Type> RowsIn(IModel model) =>
        model.GetEntityTypes().Select(entity => entity.ClrType).Where(row => row.IsAssignableTo(typeof(PupilRecordRow)));

    private static PupilTable<TRow> Of<TRow>(string slug, string name, RetentionClass @class)
        where TRow : PupilRecordRow => new(new RecordKind(slug, name, @class), goesLast: false);

    private static PupilTable<TRow> Last<TRow>(string slug, string name, RetentionClass @class)
        where TRow : PupilRecordRow => new(new RecordKind(slug, name, @class), goesLast: true);
}
