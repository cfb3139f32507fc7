using AV1Relay.Domain.Records;

namespace AV1Relay.Application.Sample;

/// <summary>One record of an invented county, on its way into a database.</summary>
internal readonly record struct SampleRecord(SampleKind Kind, Action<IWork> Add)
{
    public static IEnumerable<SampleRecord> Of(CountyGenerator county) =>
        county.Schools().SelectMany(Of).Prepend(new(SampleKind.Other, work => work.Assignments.Add(county.AdministratorsAssignment)));

    private static IEnumerable<SampleRecord> Of(SampleSchool school)
    {
        yield return new(SampleKind.School, work => work.Schools.Add(school.Card));
        yield return new(SampleKind.Other, work => work.SchoolTimes.Add(school.Times));
        foreach (var robot in school.Robots)
        {
            yield return new(SampleKind.Robot, work =>
            {
                work.EnrolledRobots.AddInvented(robot.RobotName, school.Card.Entered.At);
                work.StationedRobots.Add(robot);
            });
        }

        foreach (var person in school.People) yield return new(SampleKind.Other, work => work.PersonCards.Add(person));
        foreach (var assignment in school.Assignments) yield return new(SampleKind.Other, work => work.Assignments.Add(assignment));
        foreach (var pupil in school.Pupils)
        {
            yield return new(SampleKind.Other, work => work.PupilCards.Add(pupil.Card));
            yield return new(SampleKind.Other, work => work.Schoolings.Add(pupil.Schooling));
            yield return new(SampleKind.Other, work => work.Parenthoods.Add(pupil.Parenthood));
            yield return new(SampleKind.Plan, work => work.Plans.Add(pupil.Plan));
            yield return new(SampleKind.ContactLog, work => work.Contacts.Add(pupil.Contacts));
            foreach (var session in pupil.Sessions) yield return new(SampleKind.Session, work => work.Sessions.Add(session));
            foreach (var rating in pupil.Ratings) yield return new(SampleKind.Other, work => work.Ratings.Add(rating));
            foreach (var line in pupil.Ledger) yield return new(SampleKind.LedgerLine, work => work.Engagement.Add(line, school.Card.Id));
        }
    }
}

internal enum SampleKind
{
    School,
    Robot,
    Plan,
    Session,
    ContactLog,
    LedgerLine,
    Other,
}

/// <summary>How many records of each kind have been written.</summary>
public sealed record SeedCounts(
    int Schools = 0, int Robots = 0, int Plans = 0, int Sessions = 0, int ContactLogs = 0, int LedgerLines = 0, int Others = 0)
{
    public int All => Schools + Robots + Plans + Sessions + ContactLogs + LedgerLines + Others;

    internal SeedCounts With(SampleKind kind) => kind switch
    {
        SampleKind.School => this with { Schools = Schools + 1 },
        SampleKind.Robot => this with { Robots = Robots + 1 },
        SampleKind.Plan => this with { Plans = Plans + 1 },
        SampleKind.Session => this with { Sessions = Sessions + 1 },
        SampleKind.ContactLog => this with { ContactLogs = ContactLogs + 1 },
        SampleKind.LedgerLine => this with { LedgerLines = LedgerLines + 1 },
        _ => this with { Others = Others + 1 },
    };
}
