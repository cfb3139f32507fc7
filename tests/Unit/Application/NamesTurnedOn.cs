using AV1Relay.Domain.People;
using AV1Relay.Domain.Records;
using NodaTime;
using Xunit;

namespace AV1Relay.Tests.Unit.Application;

/// <summary>The invented school as it is once it has pupils named in calendars, in reminders and on room pages.</summary>
internal static class NamesTurnedOn
{
    public const string Name = "Ada";

    /// <summary>The first pupil has a card, whether or not the school has names outside.</summary>
    public static async Task NamesOutsideAsync(this IRecords records, bool areOn)
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var work = await records.BeginAsync(
            InventedSchool.Administrator, InventedSchool.Morning, [Claim.On(InventedSchool.Id), Claim.On(InventedSchool.Pupil(1))], cancellation);
        if (await work.PupilCards.FindAsync(InventedSchool.Pupil(1), cancellation) is null)
            work.PupilCards.Add(new PupilCard(InventedSchool.Pupil(1), new PersonalText(Name), new LocalDate(2014, 5, 4), []));
        var school = await work.Schools.FindAsync(InventedSchool.Id, cancellation) ?? throw new InvalidOperationException("The school is not there.");
        work.Schools.Replace(school, school.Value with { NamesOutside = areOn });
        Assert.Null(await work.CommitAsync(cancellation));
    }
}
