using System.Collections.Immutable;
using AV1Relay.Domain.Calendar;
using AV1Relay.Domain.People;

namespace AV1Relay.Domain.Referrals;

/// <summary>The half days that a pupil missed in one academic year, as the school's register says.</summary>
/// <remarks>Always true: no half day is there twice.</remarks>
public sealed record MissedSessions
{
    /// <exception cref="ArgumentException">A half day is there twice.</exception>
    public MissedSessions(PupilId pupil, AcademicYear year, ImmutableArray<MissedSession> sessions)
    {
        ArgumentNullException.ThrowIfNull(year);
        (Pupil, Year, Sessions) = (pupil, year, sessions.IsDefault ? [] : sessions);
        if (Sessions.DistinctBy(missed => missed with { ForHealthReason = false }).Count() < Sessions.Length)
            throw new ArgumentException("A half day is missed once.", nameof(sessions));
    }

    public PupilId Pupil { get; }

    public AcademicYear Year { get; }

    public ImmutableArray<MissedSession> Sessions { get; }

    public override string ToString() => nameof(MissedSessions);
}
