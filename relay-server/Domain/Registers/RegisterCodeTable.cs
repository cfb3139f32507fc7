using System.Collections.Immutable;
using AV1Relay.Domain.Calendar;
using AV1Relay.Domain.Refusals;
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

        if (Problem(Codes, Rows) is { } problem) throw new ArgumentException(problem);
    }

    public AcademicYear Year { get; }

    public string Source { get; }

    public ImmutableArray<RegisterCode> Codes { get; }

    public ImmutableArray<RegisterCodeRow> Rows { get; }

    /// <summary>A table as people enter it from its source.</summary>
    public static Outcome<RegisterCodeTable> Enter(AcademicYear year, string source, ImmutableArray<RegisterCode> codes, ImmutableArray<RegisterCodeRow> rows)
    {
        if (string.IsNullOrWhiteSpace(source))
            return new Refusal("register.source-missing", "The table says where it is taken from.", "Write the title and the date of its source.");
        if (codes.IsDefaultOrEmpty || rows.IsDefaultOrEmpty)
            return new Refusal("register.empty", "There are no codes yet, or nothing says when they are used.", "Enter at least one code, and one line that uses it.");
        return Problem(codes, rows) is { } problem
            ? new Refusal("register.contradiction", problem, "Compare the lines with the source.")
            : new RegisterCodeTable(year, source.Trim(), codes, rows);
    }

    /// <summary>Null where the table does not cover it.</summary>
    internal RegisterCode? Find(PupilLocation location, AbsenceReason? reason, RegistrationSession session)
    {
        if (!Year.Dates.Contains(session.Date)) return null;
        var row = Rows.FirstOrDefault(row => row.Covers(location, reason, session.Half));
        return row is null ? null : CodeOf(row);
    }

    /// <summary>Which of the type's truths would not hold, as a sentence; null: they all do.</summary>
    private static string? Problem(ImmutableArray<RegisterCode> codes, ImmutableArray<RegisterCodeRow> rows)
    {
        if (codes.DistinctBy(code => code.Letters).Count() < codes.Length) return "A code has one meaning in a year.";
        if (rows.Select(row => Problem(codes, row)).FirstOrDefault(found => found is not null) is { } problem) return problem;
        return rows.Where((row, index) => rows.Take(index).Any(row.Overlaps)).Select(row => $"Two lines speak of {row.InWords}.").FirstOrDefault();
    }

    private RegisterCode? CodeOf(RegisterCodeRow row) => CodeOf(Codes, row);

    private static RegisterCode? CodeOf(ImmutableArray<RegisterCode> codes, RegisterCodeRow row) =>
        codes.FirstOrDefault(code => string.Equals(code.Letters, row.Code, StringComparison.OrdinalIgnoreCase));

    private static string? Problem(ImmutableArray<RegisterCode> codes, RegisterCodeRow row)
    {
        var code = CodeOf(codes, row);
        return row switch
        {
            _ when code is null => $"{row.InWords}: there is no code {row.Code} in this table.",
            _ when !Enum.IsDefined(row.Location) => $"{row.InWords}: that is nowhere.",
            { Location: PupilLocation.SchoolSite, Reason: not null } => $"{row.InWords}: who is on the school site is not absent for a reason.",
            { Location: PupilLocation.SchoolSite } when !code.IsPresence => $"{row.InWords}: who is on the school site is present.",
            { Location: PupilLocation.SchoolSite } => null,
            { Reason: null } => $"{row.InWords}: the reason of the absence gives the code.",
            _ when !code.MayStandForRemote => $"{row.InWords}: taking part from elsewhere is absence, and {row.Code} does not stand for it.",
            _ => null,
        };
    }
}

/// <summary>Where and why, and the code that goes with it.</summary>
/// <param name="Reason">Null on the school site, where there is none.</param>
/// <param name="Half">Null: morning and afternoon alike.</param>
/// <param name="Code">Letters of one of the table's codes.</param>
public sealed record RegisterCodeRow(PupilLocation Location, AbsenceReason? Reason, RegistrationHalf? Half, string Code)
{
    /// <summary>For people: where, why and when.</summary>
    internal string InWords =>
        $"{Location switch { PupilLocation.Home => "home", PupilLocation.SchoolSite => "school site", _ => "other place" }}{(Reason is null ? "" : $", {Reason}")}{(Half is { } half ? $", {half.ToString().ToLowerInvariant()}" : "")}";

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
