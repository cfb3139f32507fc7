namespace AV1Relay.Domain.Sessions;

/// <summary>Where the pupil is during a session. The attendance hint follows it.</summary>
/// <remarks>
/// Taking part from home is never presence (rule 4; SI 2024/208 reg. 10).
/// No value is 0, so that a place nobody gave is never read as one.
/// </remarks>
public enum PupilLocation
{
    Home = 1,
    SchoolSite = 2,
    OtherPlace = 3,
}
