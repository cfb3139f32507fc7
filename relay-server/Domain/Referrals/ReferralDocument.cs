using System.Globalization;
using NodaTime;

namespace AV1Relay.Domain.Referrals;

/// <summary>A referral as a document: blocks in their order, for a renderer to lay out. It knows nothing of pages, fonts or files.</summary>
public sealed record ReferralDocument(string Title, IReadOnlyList<DocumentBlock> Blocks)
{
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
            new DocumentParagraph(Standing(referral, names, zone)),
            new DocumentTable([], [["Pupil", names.Pupil], ["School", names.School], ["Drafted", Date(referral.Drafted.At, zone)]]),
            new DocumentHeading(1, "What is asked for, and why"),
            new DocumentParagraph(referral.WhatIsAsked),
        ];
        foreach (var group in referral.Evidence.GroupBy(item => item.Source))
        {
            blocks.Add(new DocumentHeading(1, Heading(group.Key)));
            foreach (var item in group)
            {
                blocks.Add(new DocumentHeading(2, $"{item.Title}, {Date(item.On)}"));
                blocks.AddRange(item.Paragraphs.Select(text => new DocumentParagraph(text)));
                if (item.Table is not null) blocks.Add(item.Table);
            }
        }

        return new ReferralDocument(title, blocks);
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

    private static string Date(Instant at, DateTimeZone zone) => Date(at.InZone(zone).Date);

    private static string Date(LocalDate date) => date.ToString("d MMMM uuuu", CultureInfo.InvariantCulture);

    public override string ToString() => nameof(ReferralDocument);
}

/// <param name="SignedOffBy">Name and role of who signed it off; empty before.</param>
public sealed record ReferralNames(string Pupil, string School, string SignedOffBy = "")
{
    public override string ToString() => nameof(ReferralNames);
}

public abstract record DocumentBlock;

/// <param name="Level">1 for a part, 2 for an item in it; the title stands above both.</param>
public sealed record DocumentHeading(int Level, string Text) : DocumentBlock
{
    public override string ToString() => nameof(DocumentHeading);
}

public sealed record DocumentParagraph(string Text) : DocumentBlock
{
    public override string ToString() => nameof(DocumentParagraph);
}

/// <param name="Header">Empty for a table of labels and values, whose first column is its header.</param>
public sealed record DocumentTable(IReadOnlyList<string> Header, IReadOnlyList<IReadOnlyList<string>> Rows) : DocumentBlock
{
    public override string ToString() => nameof(DocumentTable);
}
