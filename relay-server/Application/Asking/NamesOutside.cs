using System.Collections.Frozen;
using AV1Relay.Application.People;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Records;

namespace AV1Relay.Application.Asking;

/// <summary>Pupils' names where no sign-in of their own guards them: calendars on phones, reminders, room pages. Whatever goes there asks here first.</summary>
internal static class NamesOutside
{
    /// <summary>Whether the school has turned them on.</summary>
    public static async Task<bool> HasNamesOutsideAsync(this IWork work, SchoolId school, CancellationToken cancellationToken) =>
        (await work.Schools.FindAsync(school, cancellationToken))?.Value.NamesOutside is true;

    /// <returns>What these pupils want to be called; nobody's name while the school has them off.</returns>
    public static async Task<PupilNames> NamesOutsideAsync(this IWork work, SchoolId school, IEnumerable<PupilId> pupils, CancellationToken cancellationToken)
    {
        if (!await work.HasNamesOutsideAsync(school, cancellationToken)) return PupilNames.Nobody;
        Dictionary<PupilId, PersonalText> names = [];
        foreach (var pupil in pupils.Distinct())
        {
            if (await work.PupilCards.FindAsync(pupil, cancellationToken) is { Value.PreferredName: var name }) names[pupil] = name;
        }

        return new PupilNames(names.ToFrozenDictionary());
    }
}
