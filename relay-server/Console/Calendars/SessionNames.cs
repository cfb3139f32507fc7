using System.Collections.Frozen;
using AV1Relay.Application.Asking;
using AV1Relay.Application.People;
using AV1Relay.Domain.Booking;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Plans;

namespace AV1Relay.StaffConsole.Calendars;

/// <summary>Whose some sessions are, for what leaves the relay where their school wants names in that; each is a look at a pupil's card.</summary>
internal static class SessionNames
{
    /// <returns>As far as this person may know them.</returns>
    public static async Task<PupilNames> FindAsync(IEnumerable<BookedUse> sessions, Caller caller, StaffPeople people, CancellationToken cancellationToken)
    {
        Dictionary<PupilId, PersonalText> names = [];
        foreach (var school in sessions.GroupBy(booked => booked.School))
        {
            (PlanId, PupilId)[] of = [.. school.Select(booked => (booked.Plan, booked.Pupil)).Distinct()];
            if (!(await people.NamesAsync(caller, school.Key, of, cancellationToken)).TryGet(out var known, out _)) continue;
            foreach (var (pupil, name) in known.Of) names[pupil] = name;
        }

        return new PupilNames(names.ToFrozenDictionary());
    }
}
