using AV1Relay.Domain.People;
using AV1Relay.Domain.Records;
using AV1Relay.Domain.Settings;
using NodaTime;

namespace AV1Relay.Application.Asking;

/// <summary>What holds for everything at a school: the authority's limits, and what day it is there.</summary>
internal static class Surroundings
{
    public static async Task<AuthoritySettings> SettingsAsync(this IWork work, CancellationToken cancellationToken) =>
        (await work.Settings.FindAsync(cancellationToken))?.Value ?? AuthoritySettings.Default;

    public static async Task<LocalDate> TodayAsync(this IWork work, SchoolId school, Instant now, CancellationToken cancellationToken) =>
        now.InZone(await work.ZoneAsync(school, cancellationToken)).Date;

    /// <exception cref="InvalidOperationException">A plan of a school that is not there.</exception>
    public static async Task<DateTimeZone> ZoneAsync(this IWork work, SchoolId school, CancellationToken cancellationToken) =>
        (await work.Schools.FindAsync(school, cancellationToken))?.Value.Zone() ?? throw new InvalidOperationException($"There is no school {school}.");
}
