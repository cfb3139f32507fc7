namespace AV1Relay.Sfu;

/// <summary>Which media may cross the relay in a session; what is not set is dropped here, whatever the ends do.</summary>
[Flags]
public enum MediaRights
{
    None = 0,

    /// <summary>The robot's picture, to the pupil and to observers.</summary>
    VideoToPupil = 1,

    /// <summary>The robot's sound, to the pupil and to observers.</summary>
    AudioToPupil = 2,

    /// <summary>The pupil's voice, to the robot and to observers.</summary>
    AudioFromPupil = 4,

    All = VideoToPupil | AudioToPupil | AudioFromPupil,
}
