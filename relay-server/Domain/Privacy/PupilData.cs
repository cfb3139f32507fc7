using AV1Relay.Domain.People;
using NodaTime;

namespace AV1Relay.Domain.Privacy;

/// <summary>Everything on one pupil goes out, in one action: held or not, due or not (UK GDPR Art. 15 and 20).</summary>
/// <param name="Records">By class, then by day; all of them.</param>
public sealed record PupilExport(PupilId Pupil, IReadOnlyList<RecordFacts> Records, Act Act)
{
    /// <exception cref="ArgumentException">A record about somebody else: it would be given to the wrong person.</exception>
    public static PupilExport Of(PupilId pupil, IEnumerable<RecordFacts> records, Act act)
        => new(pupil, PupilData.InOrder(pupil, records), act);
}

/// <summary>Erasure of everything on one pupil, in one action (UK GDPR Art. 17): what goes, what stays, and why.</summary>
public sealed record PupilErasure(PupilId Pupil, IReadOnlyList<RecordFacts> Erased, IReadOnlyList<KeptRecord> Kept, Act Act)
{
    /// <summary>
    /// Erases all but what a legal hold covers, and what the school's settings say outlasts erasure and is not due yet. What a hold keeps is
    /// of use only together with whose it is.
    /// </summary>
    /// <exception cref="ArgumentException">A record about somebody else.</exception>
    public static PupilErasure Of(
        PupilId pupil, IEnumerable<RecordFacts> records, RetentionSettings settings, IReadOnlyCollection<LegalHold> holds, LocalDate today, Act act)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(holds);
        var erased = new List<RecordFacts>();
        var kept = new List<KeptRecord>();
        foreach (var record in PupilData.InOrder(pupil, records))
        {
            var verdict = Retention.Due(record, settings, holds, today);
            if (Retention.HoldOn(record, holds) is { } hold)
                kept.Add(new KeptRecord(record, "A legal hold keeps it.", hold.Id, null));
            else if (verdict.Rule.OutlastsErasure && verdict.Decision == RetentionDecision.Keep)
                kept.Add(new KeptRecord(record, $"The school has to keep it for its time: {verdict.Rule.Source}", null, verdict.DueOn));
            else
                erased.Add(record);
        }

        if (kept.Find(one => one.Hold is not null) is { } held)
        {
            const string Whose = "Kept so that it stays known whose the held records are.";
            kept.AddRange(erased.Where(record => record.GoesLast).Select(record => new KeptRecord(record, Whose, held.Hold, null)));
            erased.RemoveAll(record => record.GoesLast);
        }

        return new PupilErasure(pupil, erased, kept, act);
    }
}

/// <param name="Why">In words, for the answer to the family. A hold's reason is not in it: that may be the school's alone to tell.</param>
/// <param name="Hold">The hold that keeps it, if one does.</param>
/// <param name="Until">When its time is over; null under a hold, or when that can't be told.</param>
public sealed record KeptRecord(RecordFacts Record, string Why, LegalHoldId? Hold, LocalDate? Until)
{
    public override string ToString() => nameof(KeptRecord);
}

internal static class PupilData
{
    public static IReadOnlyList<RecordFacts> InOrder(PupilId pupil, IEnumerable<RecordFacts> records)
    {
        List<RecordFacts> all = [.. records.OrderBy(record => record.Class).ThenBy(record => record.RecordedOn).ThenBy(record => record.Id)];
        return all.TrueForAll(record => record.Pupil == pupil) ? all : throw new ArgumentException("A record is about somebody else.", nameof(records));
    }
}
