namespace AV1Relay.Domain.Engagement;

/// <summary>Where the pupil is while taking part; the robot is in school either way.</summary>
public enum PupilLocation
{
    Home,

    SchoolSite,

    OtherPlace,
}
