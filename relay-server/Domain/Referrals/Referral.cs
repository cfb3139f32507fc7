using System.Collections.Immutable;
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
/// and only what was sent is answered. Each of these is a person's act and dated, none before the one that it follows on.
/// </remarks>
public sealed record Referral
{
    /// <summary>Rebuilds one from what was kept; <see cref="Draft"/> makes a new one.</summary>
    /// <exception cref="ArgumentException">It contradicts what is always true.</exception>
    public Referral(
        ReferralId id,
        PupilId pupil,
        PlanId plan,
        ReferralKind kind,
        string whatIsAsked,
        Act drafted,
        ImmutableArray<EvidenceItem> evidence,
        int version,
        Act lastChanged,
        Act? assembled,
        ImmutableArray<ReferralReading> readings,
        Act? signedOff,
        ReferralSending? sent,
        ReferralAnswer? answered)
    {
        ArgumentNullException.ThrowIfNull(whatIsAsked);
        ArgumentNullException.ThrowIfNull(drafted);
        ArgumentNullException.ThrowIfNull(lastChanged);
        (Id, Pupil, Plan, Kind, WhatIsAsked, Drafted) = (id, pupil, plan, kind, whatIsAsked, drafted);
        (Evidence, Version, LastChanged, Assembled) = (InOrder(evidence.IsDefault ? [] : evidence), version, lastChanged, assembled);
        (Readings, SignedOff, Sent, Answered) = (readings.IsDefault ? [] : readings, signedOff, sent, answered);
        if (version < 1) throw new ArgumentException("Versions are counted from 1.", nameof(version));
        if (Readings.Any(reading => reading.Version > version)) throw new ArgumentException("Somebody read what was not written yet.", nameof(readings));
        if (signedOff is not null && (assembled is null || !HasBeenReadBy(signedOff.Who)))
            throw new ArgumentException("It was signed off by somebody who had not read it.", nameof(signedOff));
        if ((sent is not null && signedOff is null) || sent?.Act.At < signedOff?.At)
            throw new ArgumentException("It was sent before it was signed off.", nameof(sent));
        if ((answered is not null && sent is null) || answered?.Act.At < sent?.Act.At)
            throw new ArgumentException("It was answered before it was sent.", nameof(answered));
    }

    public ReferralId Id { get; }

    public PupilId Pupil { get; }

    public PlanId Plan { get; }

    public ReferralKind Kind { get; }

    /// <summary>What the school asks for and why, in a person's words.</summary>
    public string WhatIsAsked { get; private init; }

    public Act Drafted { get; }

    /// <summary>In the order of the document.</summary>
    public ImmutableArray<EvidenceItem> Evidence { get; private init; }

    /// <summary>Goes up with every change of the content. Whoever reads says which version they saw.</summary>
    public int Version { get; private init; }

    /// <summary>Who made this version.</summary>
    public Act LastChanged { get; private init; }

    public Act? Assembled { get; private init; }

    public ImmutableArray<ReferralReading> Readings { get; private init; }

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
        => new(id, pupil, plan, kind, whatIsAsked, act, [], 1, act, null, [], null, null, null);

    /// <summary>Writes anew what is asked for. Whoever had read it reads it again.</summary>
    public Outcome<Referral> Rewrite(string whatIsAsked, Act act)
    {
        ArgumentNullException.ThrowIfNull(whatIsAsked);
        ArgumentNullException.ThrowIfNull(act);
        return SignedOff is not null ? SignedOffAlready() : this with { WhatIsAsked = whatIsAsked, Version = Version + 1, LastChanged = act };
    }

    /// <summary>Takes in the evidence as it stands now, in place of any before. Whoever had read it reads it again.</summary>
    /// <exception cref="ArgumentException">Another pupil's or another plan's.</exception>
    public Outcome<Referral> Assemble(ReferralSources sources, Act act)
    {
        ArgumentNullException.ThrowIfNull(sources);
        ArgumentNullException.ThrowIfNull(act);
        if (sources.Plan.Id != Plan || sources.Plan.Pupil != Pupil) throw new ArgumentException("That is not the plan that it refers to.", nameof(sources));
        if (SignedOff is not null) return SignedOffAlready();
        var evidence = InOrder(EvidenceWords.Of(sources, act.At.InZone(sources.Zone).Date));
        return this with { Evidence = evidence, Assembled = act, Version = Version + 1, LastChanged = act };
    }

    /// <summary>A person has read the version that they were shown. Reading it again changes nothing: the first time counts.</summary>
    public Outcome<Referral> Read(int version, Act act)
    {
        ArgumentNullException.ThrowIfNull(act);
        if (version != Version) return Changed();
        return HasBeenReadBy(act.Who) ? this : this with { Readings = Readings.Add(new ReferralReading(version, act)) };
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
        if (SignedOff is null) return NotSignedOff("It can be changed as it is.");
        return this with { SignedOff = null, Version = Version + 1, LastChanged = act };
    }

    public Outcome<Referral> Send(string to, Act act)
    {
        ArgumentNullException.ThrowIfNull(act);
        if (Sent is not null) return new Refusal("referral.sent", "It has been sent already.", "Wait for the answer, or ask for it.");
        if (SignedOff is null) return NotSignedOff("Read it through and sign it off; then send it.");
        var refusals = new List<Refusal>();
        if (string.IsNullOrWhiteSpace(to)) refusals.Add(new Refusal("referral.no-recipient", "It does not say whom it goes to.", "Enter the service."));
        if (act.At < SignedOff.At)
            refusals.Add(new Refusal("referral.sent-too-early", "Nobody had signed it off by that time.", "Correct the time at which it was sent."));
        return refusals.Count > 0 ? Outcome.Refused<Referral>(refusals) : this with { Sent = new ReferralSending(to, act) };
    }

    public Outcome<Referral> Answer(string words, Act act)
    {
        ArgumentNullException.ThrowIfNull(act);
        if (Sent is null) return new Refusal("referral.not-sent", "It has not been sent, so this can't be its answer.", "Record first that it was sent, and when.");
        if (Answered is not null) return new Refusal("referral.answered", "Its answer is recorded already.", "Enter what came later as a contact.");
        var refusals = new List<Refusal>();
        if (string.IsNullOrWhiteSpace(words)) refusals.Add(new Refusal("referral.empty-answer", "The answer is empty.", "Write what the service answered."));
        if (act.At < Sent.Act.At)
            refusals.Add(new Refusal("referral.answered-too-early", "It had not been sent by that time.", "Correct the time at which the answer came."));
        return refusals.Count > 0 ? Outcome.Refused<Referral>(refusals) : this with { Answered = new ReferralAnswer(words, act) };
    }

    private bool HasBeenReadBy(PersonId who) => Readings.Any(reading => reading.Version == Version && reading.Act.Who == who);

    /// <summary>What comes from one source on one day stays in the order in which it was told.</summary>
    private static ImmutableArray<EvidenceItem> InOrder(IEnumerable<EvidenceItem> evidence)
        => [.. evidence.OrderBy(item => item.Source).ThenBy(item => item.On)];

    private static Refusal SignedOffAlready()
        => new("referral.signed-off", "It has been signed off, and stays as it was read.", "Reopen it first if it needs to change and has not been sent.");

    private static Refusal NotSignedOff(string nextStep) => new("referral.not-signed-off", "Nobody has signed it off.", nextStep);

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
