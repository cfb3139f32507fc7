using System.Collections.Immutable;
using AV1Relay.Domain.Calendar;
using NodaTime;

namespace AV1Relay.Domain.Referrals;

/// <summary>A referral as a document: blocks in their order, for a renderer to lay out. It knows nothing of pages, fonts or files.</summary>
public sealed record ReferralDocument(string Title, ImmutableArray<DocumentBlock> Blocks)
{
    public ImmutableArray<DocumentBlock> Blocks { get; init; } = Blocks.IsDefault ? [] : Blocks;

    /// <summary>The same referral and names always give the same document.</summary>
    /// <param name="names">Names are kept with the plan alone, so they are brought along only now.</param>
    /// <param name="zone">In which dates are written.</param>
    public static ReferralDocument Of(Referral referral, ReferralNames names, DateTimeZone zone)
    {
        ArgumentNullException.ThrowIfNull(referral);
        ArgumentNullException.ThrowIfNull(names);
        ArgumentNullException.ThrowIfNull(zone);
        var title = referral.Kind switch
        {
            ReferralKind.InclusionService => "Referral to the inclusion service (Section 19, Education Act 1996)",
            ReferralKind.EhcNeedsAssessment => "Request for an EHC needs assessment",
            _ => "Request for a SEND support consultation",
        };
        List<DocumentBlock> blocks =
        [
            new DocumentBlock.Paragraph(Standing(referral, names, zone)),
            new DocumentBlock.Table(
                [],
                [
                    ["Pupil", names.Pupil], ["School", names.School], ["Drafted", Date(referral.Drafted.At, zone)],
                    ["Evidence as of", referral.Assembled is { } assembled ? Date(assembled.At, zone) : "not assembled yet"],
                ]),
            new DocumentBlock.Heading(1, "What is asked for, and why"),
            new DocumentBlock.Paragraph(referral.WhatIsAsked),
        ];
        foreach (var group in referral.Evidence.GroupBy(item => item.Source))
        {
            blocks.Add(new DocumentBlock.Heading(1, Heading(group.Key)));
            foreach (var item in group)
            {
                blocks.Add(new DocumentBlock.Heading(2, $"{item.Title}, {item.On.InWords()}"));
                blocks.AddRange(item.Paragraphs.Select(text => new DocumentBlock.Paragraph(text)));
                if (item.Table is not null) blocks.Add(item.Table);
            }
        }

        return new ReferralDocument(title, [.. blocks]);
    }

    /// <summary>Nobody takes a draft for the thing itself.</summary>
    private static string Standing(Referral referral, ReferralNames names, DateTimeZone zone)
        => referral.SignedOff is { } signedOff
            ? $"Read and signed off by {names.SignedOffBy} on {Date(signedOff.At, zone)}."
                + (referral.Sent is { } sent ? $" Sent to {sent.To} on {Date(sent.Act.At, zone)}." : "")
            : "Draft: not signed off.";

    private static string Heading(EvidenceSource source) => source switch
    {
        EvidenceSource.PupilsSay => "What the pupil says",
        EvidenceSource.ParentsSay => "What the parents say",
        EvidenceSource.Plan => "Support plan",
        EvidenceSource.Review => "Reviews",
        EvidenceSource.Arrangement => "Reduced timetable",
        EvidenceSource.Contact => "Contacts",
        EvidenceSource.Ledger => "Engagement with the robot (not attendance)",
        EvidenceSource.MissedDays => "Days missed",
        _ => "Professional advice",
    };

    private static string Date(Instant at, DateTimeZone zone) => at.InZone(zone).Date.InWords();

    public override string ToString() => nameof(ReferralDocument);
}

/// <param name="SignedOffBy">Name and role of who signed it off; empty before.</param>
public sealed record ReferralNames(string Pupil, string School, string SignedOffBy = "")
{
    public override string ToString() => nameof(ReferralNames);
}
