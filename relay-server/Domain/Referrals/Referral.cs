using AV1Relay.Domain.People;
using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Refusals;

namespace AV1Relay.Domain.Referrals;

public readonly record struct ReferralId(Guid Value)
{
    public override string ToString() => Value.ToString();
}

public enum ReferralKind
{
    /// <summary>To the local authority's inclusion service (Education Act 1996 s. 19).</summary>
    InclusionService,

    /// <summary>A request for an EHC needs assessment (Children and Families Act 2014 s. 36).</summary>
    EhcNeedsAssessment,

    SendSupportConsultation,
}

/// <summary>A hand-off with its evidence.</summary>
/// <remarks>
/// Always true: it was signed off by a person who had read exactly what they signed; what is signed off does not change; only what is signed off is sent,
/// and only what was sent is answered. Each of these is a person's act and dated.
/// </remarks>
public sealed record Referral
{
    private Referral(ReferralId id, PupilId pupil, PlanId plan, ReferralKind kind, string whatIsAsked, Act drafted)
        => (Id, Pupil, Plan, Kind, WhatIsAsked, Drafted, LastChanged) = (id, pupil, plan, kind, whatIsAsked, drafted, drafted);

    public ReferralId Id { get; }

    public PupilId Pupil { get; }

    public PlanId Plan { get; }

    public ReferralKind Kind { get; }

    /// <summary>What the school asks for and why, in a person's words.</summary>
    public string WhatIsAsked { get; private init; }

    public Act Drafted { get; }

    /// <summary>In the order of the document.</summary>
    public IReadOnlyList<EvidenceItem> Evidence { get; private init; } = [];

    /// <summary>Goes up with every change of the content. Whoever reads says which version they saw.</summary>
    public int Version { get; private init; } = 1;

    /// <summary>Who made this version.</summary>
    public Act LastChanged { get; private init; }

    public Act? Assembled { get; private init; }

    public IReadOnlyList<ReferralReading> Readings { get; private init; } = [];

    public Act? SignedOff { get; private init; }

    public ReferralSending? Sent { get; private init; }

    public ReferralAnswer? Answered { get; private init; }

    public ReferralStatus Status => this switch
    {
        { Answered: not null } => ReferralStatus.Answered,
        { Sent: not null } => ReferralStatus.Sent,
        { SignedOff: not null } => ReferralStatus.SignedOff,
        { Assembled: not null } => ReferralStatus.Assembled,
        _ => ReferralStatus.Draft,
    };

    public static Referral Draft(ReferralId id, PupilId pupil, PlanId plan, ReferralKind kind, string whatIsAsked, Act act)
    {
        ArgumentNullException.ThrowIfNull(whatIsAsked);
        ArgumentNullException.ThrowIfNull(act);
        return new Referral(id, pupil, plan, kind, whatIsAsked, act);
    }

    /// <summary>Rebuilds one from what was kept.</summary>
    /// <exception cref="ArgumentException">It contradicts what is always true.</exception>
    public static Referral Restore(
        ReferralId id,
        PupilId pupil,
        PlanId plan,
        ReferralKind kind,
        string whatIsAsked,
        Act drafted,
        IEnumerable<EvidenceItem> evidence,
        int version,
        Act lastChanged,
        Act? assembled,
        IEnumerable<ReferralReading> readings,
        Act? signedOff,
        ReferralSending? sent,
        ReferralAnswer? answered)
    {
        var referral = Draft(id, pupil, plan, kind, whatIsAsked, drafted) with
        {
            Evidence = InOrder(evidence),
            Version = version,
            LastChanged = lastChanged,
            Assembled = assembled,
            Readings = [.. readings],
            SignedOff = signedOff,
            Sent = sent,
            Answered = answered,
        };
        if (referral.Readings.Any(reading => reading.Version > version)) throw new ArgumentException("Somebody read what was not written yet.", nameof(readings));
        if (signedOff is not null && (assembled is null || !referral.HasBeenReadBy(signedOff.Who)))
            throw new ArgumentException("It was signed off by somebody who had not read it.", nameof(signedOff));
        if ((sent is not null && signedOff is null) || (answered is not null && sent is null))
            throw new ArgumentException("It was sent before it was signed off, or answered before it was sent.", nameof(sent));
        return referral;
    }

    /// <summary>Writes anew what is asked for. Whoever had read it reads it again.</summary>
    public Outcome<Referral> Rewrite(string whatIsAsked, Act act)
    {
        ArgumentNullException.ThrowIfNull(whatIsAsked);
        ArgumentNullException.ThrowIfNull(act);
        return SignedOff is not null ? SignedOffAlready() : this with { WhatIsAsked = whatIsAsked, Version = Version + 1, LastChanged = act };
    }

    /// <summary>Takes in the evidence as it stands now, in place of any before. Whoever had read it reads it again.</summary>
    public Outcome<Referral> Assemble(IEnumerable<EvidenceItem> evidence, Act act)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        ArgumentNullException.ThrowIfNull(act);
        if (SignedOff is not null) return SignedOffAlready();
        var items = InOrder(evidence);
        return items.Count == 0
            ? new Refusal("referral.no-evidence", "There is nothing in it yet.", "Choose what it should contain: the plan, reviews, contacts, the ledger.")
            : this with { Evidence = items, Assembled = act, Version = Version + 1, LastChanged = act };
    }

    /// <summary>A person has read the version that they were shown. Reading it again changes nothing: the first time counts.</summary>
    public Outcome<Referral> Read(int version, Act act)
    {
        ArgumentNullException.ThrowIfNull(act);
        if (version != Version) return Changed();
        return HasBeenReadBy(act.Who) ? this : this with { Readings = [.. Readings, new ReferralReading(version, act)] };
    }

    /// <summary>A person answers for it. They have read it first, as it is.</summary>
    public Outcome<Referral> SignOff(Act act)
    {
        ArgumentNullException.ThrowIfNull(act);
        if (SignedOff is not null) return SignedOffAlready();
        var refusals = new List<Refusal>();
        if (Assembled is null)
            refusals.Add(new Refusal("referral.not-assembled", "It has no evidence yet.", "Assemble it first."));
        if (string.IsNullOrWhiteSpace(WhatIsAsked))
            refusals.Add(new Refusal("referral.nothing-asked", "It does not say what the school asks for.", "Write what you ask for and why."));
        if (!HasBeenReadBy(act.Who))
        {
            refusals.Add(Readings.Any(reading => reading.Act.Who == act.Who)
                ? Changed()
                : new Refusal("referral.not-read", "You have not read it yet.", "Read it through, then sign it off."));
        }

        return refusals.Count > 0 ? Outcome.Refused<Referral>(refusals) : this with { SignedOff = act };
    }

    /// <summary>Takes the sign-off back so that it can be changed; possible until it is sent.</summary>
    public Outcome<Referral> Reopen(Act act)
    {
        ArgumentNullException.ThrowIfNull(act);
        if (Sent is not null)
            return new Refusal("referral.sent", "It has been sent and stays as it was sent.", "Write another one, or add to it by letter.");
        return this with { SignedOff = null, Version = Version + 1, LastChanged = act };
    }

    public Outcome<Referral> Send(string to, Act act)
    {
        ArgumentNullException.ThrowIfNull(act);
        if (Sent is not null) return new Refusal("referral.sent", "It has been sent already.", "Wait for the answer, or ask for it.");
        if (SignedOff is null)
            return new Refusal("referral.not-signed-off", "Nobody has signed it off.", "Read it through and sign it off; then send it.");
        if (string.IsNullOrWhiteSpace(to)) return new Refusal("referral.no-recipient", "It does not say whom it goes to.", "Enter the service.");
        return this with { Sent = new ReferralSending(to, act) };
    }

    public Outcome<Referral> Answer(string words, Act act)
    {
        ArgumentNullException.ThrowIfNull(act);
        if (Sent is null) return new Refusal("referral.not-sent", "It has not been sent, so this can't be its answer.", "Record first that it was sent, and when.");
        if (Answered is not null) return new Refusal("referral.answered", "Its answer is recorded already.", "Enter what came later as a contact.");
        if (string.IsNullOrWhiteSpace(words)) return new Refusal("referral.empty-answer", "The answer is empty.", "Write what the service answered.");
        return this with { Answered = new ReferralAnswer(words, act) };
    }

    private bool HasBeenReadBy(PersonId who) => Readings.Any(reading => reading.Version == Version && reading.Act.Who == who);

    /// <summary>The same evidence gives the same document, in whatever order it was found.</summary>
    private static IReadOnlyList<EvidenceItem> InOrder(IEnumerable<EvidenceItem> evidence)
        =>
        [
            .. evidence.OrderBy(item => item.Source)
                .ThenBy(item => item.On)
                .ThenBy(item => item.Title, StringComparer.Ordinal)
                .ThenBy(item => string.Join('\n', item.Paragraphs), StringComparer.Ordinal),
        ];

    private static Refusal SignedOffAlready()
        => new("referral.signed-off", "It has been signed off, and stays as it was read.", "Reopen it first if it needs to change and has not been sent.");

    private static Refusal Changed()
        => new("referral.changed", "It has been changed since you read it.", "Read it again as it is now, then sign it off.");

    public override string ToString() => nameof(Referral);
}

public enum ReferralStatus
{
    Draft,
    Assembled,
    SignedOff,
    Sent,
    Answered,
}

public sealed record ReferralReading(int Version, Act Act);

/// <param name="To">The service, in words.</param>
public sealed record ReferralSending(string To, Act Act)
{
    public override string ToString() => nameof(ReferralSending);
}

/// <param name="Words">What the service answered.</param>
/// <param name="Act">Its time is when the answer came.</param>
public sealed record ReferralAnswer(string Words, Act Act)
{
    public override string ToString() => nameof(ReferralAnswer);
}
