namespace AV1Relay.Application.Sample;

/// <summary>How much is invented. Each school has as much as the next.</summary>
/// <param name="FirstSchool">Its number; from 1. A second county goes on where the first ended.</param>
/// <param name="SessionsASchool">Shared out among the pupils whose plan has been active.</param>
public sealed record SampleSize(int Schools, int RobotsASchool, int PlansASchool, int SessionsASchool, int FirstSchool = 1)
{
    public const int CountySchools = 400;

    /// <summary>Two schools with six pupils each, and enough sessions for a term: to look around in.</summary>
    public static SampleSize Authority { get; } = new(2, 2, 6, 48);

    /// <summary>Of 400 schools: 2,000 robots, 20,000 plans, 100,000 sessions.</summary>
    public static SampleSize County(int schools = CountySchools) => new(schools, 5, 50, 250);
}
