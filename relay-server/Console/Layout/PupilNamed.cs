using AV1Relay.Application.Asking;
using AV1Relay.Application.People;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Plans;

namespace AV1Relay.StaffConsole.Layout;

/// <summary>What a page calls the pupil of one plan.</summary>
internal static class PupilNamed
{
    /// <param name="otherwise">Where this person may not know the name, or none is entered.</param>
    public static async Task<string> NameAsync(
        this StaffPeople people, Caller caller, SchoolId school, PlanId plan, PupilId pupil, CancellationToken cancellationToken, string otherwise = "a pupil") =>
        (await people.NamesAsync(caller, school, [(plan, pupil)], cancellationToken)).TryGet(out var names, out _)
            && names.Of.TryGetValue(pupil, out var name) ? name.Text : otherwise;
}
