using System.Collections.Immutable;
using AV1Relay.Domain.Calendar;
using AV1Relay.Domain.Sessions;

namespace AV1Relay.Domain.Registers;

/// <summary>Which code a school year's rules give to which reason. Data that people enter from its source: none is built in.</summary>
/// <remarks>
/// Always true: it says its source and its dates; a pupil off the school site gets no mark of presence, nor B, K, P or W; one on the
/// school site gets a mark of presence, whatever reason is noted; at most one row applies.
/// </remarks>
public sealed class RegisterCodeTable
{
    /// <param name="year">In which it holds.</param>
    /// <param name="source">Title, date and place of what it was taken from, for people to check.</param>
    /// <exception cref="ArgumentException">One of the type's truths would not hold.</exception>
    public RegisterCodeTable(AcademicYear year, string source, ImmutableArray<RegisterCode> codes, ImmutableArray<RegisterCodeRow> rows)
    {
        ArgumentNullException.ThrowIfNull(year);
        ArgumentException.ThrowIfNullOrWhiteSpace(source);
        (Year, Source, Codes, Rows) = (year, source, codes.IsDefault ? [] : codes, rows.IsDefault ? [] : rows);

        if (Codes.DistinctBy(code => code.Letters).Count() < Codes.Length) throw new ArgumentException("A code has one meaning in a year.", nameof(codes));
        foreach (var row in Rows)
            Check(row);
        for (var i = 0; i < Rows.Length; i++)
        {
            if (Rows.Take(i).Any(Rows[i].Overlaps)) throw new ArgumentException($"Two rows speak of {Rows[i]}.", nameof(rows));
        }
    }

    public AcademicYear Year { get; }

    public string Source { get; }

    public ImmutableArray<RegisterCode> Codes { get; }

    public ImmutableArray<RegisterCodeRow> Rows { get; }

    /// <summary>Null where the table does not cover it.</summary>
    internal RegisterCode? Find(PupilLocation location, AbsenceReason? reason, RegistrationSession session)
    {
        if (!Year.Dates.Contains(session.Date)) return null;
        var row = Rows.FirstOrDefault(row => row.Covers(location, reason, session.Half));
        return row is null ? null : CodeOf(row);
    }

    private RegisterCode? CodeOf(RegisterCodeRow row) =>
        Codes.FirstOrDefault(code => string.Equals(code.Letters, row.Code, StringComparison.OrdinalIgnoreCase));

    private void Check(RegisterCodeRow row)
    {
        var code = CodeOf(row) ?? throw new ArgumentException($"{row} names no code of this table.", nameof(row));
        if (!Enum.IsDefined(row.Location)) throw new ArgumentException($"{row} is nowhere.", nameof(row));
        if (row.Location == PupilLocation.SchoolSite)
        {
            if (row.Reason is not null) throw new ArgumentException($"{row}: who is on the school site is not absent for a reason.", nameof(row));
            if (!code.IsPresence) throw new ArgumentException($"{row}: who is on the school site is present.", nameof(row));
        }
        else
        {
            if (row.Reason is null) throw new ArgumentException($"{row}: the reason of the absence gives the code.", nameof(row));
            if (!code.MayStandForRemote) throw new ArgumentException($"{row}: taking part from elsewhere is absence.", nameof(row));
        }
    }
}

/// <summary>Where and why, and the code that goes with it.</summary>
/// <param name="Reason">Null on the school site, where there is none.</param>
/// <param name="Half">Null: morning and afternoon alike.</param>
/// <param name="Code">Letters of one of the table's codes.</param>
public sealed record RegisterCodeRow(PupilLocation Location, AbsenceReason? Reason, RegistrationHalf? Half, string Code)
{
    internal bool Covers(PupilLocation location, AbsenceReason? reason, RegistrationHalf half) =>
        Location == location && (location == PupilLocation.SchoolSite || Reason == reason) && (Half is null || Half == half);

    internal bool Overlaps(RegisterCodeRow other) =>
        Location == other.Location && Reason == other.Reason && (Half is null || other.Half is null || Half == other.Half);
}

/// <summary>Why a pupil is not in school, in the words of the table's source.</summary>
public sealed record AbsenceReason
{
    /// <exception cref="ArgumentException">No words.</exception>
    public AbsenceReason(string words)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(words);
        Words = words.Trim();
    }

    public string Words { get; }

    public override string ToString() => Words;
}
