using System.Collections.Immutable;
using AV1Relay.Domain.Arrangements;
using AV1Relay.Domain.Contacts;
using AV1Relay.Domain.Engagement;
using AV1Relay.Domain.Plans;
using NodaTime;

namespace AV1Relay.Domain.Referrals;

/// <summary>What a referral is assembled from: plan, reviews, contacts and ledger, always; the rest where there is any.</summary>
/// <remarks>
/// Plan, contacts and reduced timetables come as views, so that confidential parts are in it only where somebody has asked for them on purpose.
/// Always true: all of it is one pupil's; what people add is in their own or others' words, and takes no record's place.
/// </remarks>
public sealed record ReferralSources
{
    /// <param name="arrangements">Drafts among them are left out.</param>
    /// <param name="missedDays">Null where nothing has been counted.</param>
    /// <param name="added">What pupil, parents and professionals say besides, as somebody has put it in.</param>
    /// <param name="zone">The school's, in which dates are told.</param>
    /// <exception cref="ArgumentException">Several pupils', or something added as if it were the plan's or another record's.</exception>
    public ReferralSources(
        PlanView plan, ContactsView contacts, EngagementLedger ledger, ImmutableArray<ArrangementView> arrangements, MissedDays? missedDays,
        ImmutableArray<EvidenceItem> added, DateTimeZone zone)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(contacts);
        ArgumentNullException.ThrowIfNull(ledger);
        ArgumentNullException.ThrowIfNull(zone);
        (Plan, Contacts, Ledger, MissedDays, Zone) = (plan, contacts, ledger, missedDays, zone);
        (Arrangements, Added) = (arrangements.IsDefault ? [] : arrangements, added.IsDefault ? [] : added);
        if (contacts.Pupil != plan.Pupil || ledger.Pupil != plan.Pupil || Arrangements.Any(arrangement => arrangement.Pupil != plan.Pupil))
            throw new ArgumentException("All evidence is of one pupil.", nameof(plan));
        if (Added.Any(item => item.Source is not (EvidenceSource.PupilsSay or EvidenceSource.ParentsSay or EvidenceSource.Professional)))
            throw new ArgumentException("Records speak for themselves.", nameof(added));
    }

    public PlanView Plan { get; }

    public ContactsView Contacts { get; }

    public EngagementLedger Ledger { get; }

    public ImmutableArray<ArrangementView> Arrangements { get; }

    public MissedDays? MissedDays { get; }

    public ImmutableArray<EvidenceItem> Added { get; }

    public DateTimeZone Zone { get; }

    public override string ToString() => nameof(ReferralSources);
}
