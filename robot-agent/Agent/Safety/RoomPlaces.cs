using AV1Relay.Hardware.Camera;
using AV1Relay.Protos.V1;
using HeadPose = AV1Relay.Hardware.Head.HeadPose;

namespace AV1Relay.RobotAgent.Safety;

/// <summary>Where board, teacher and buddy are in the room where the robot stands, as far as somebody has shown it
/// (docs/decisions/0032-places-in-a-room.md). Poses lie inside the head's range.</summary>
/// <param name="Board">Null: not shown.</param>
/// <param name="Teacher">Likewise.</param>
/// <param name="Buddy">Likewise.</param>
internal sealed record RoomPlaces(HeadPose? Board = null, HeadPose? Teacher = null, HeadPose? Buddy = null)
{
    private static readonly HeadPose Ahead = new(0, 0);

    public static RoomPlaces None { get; } = new();

    /// <summary>Of the one room that is the same each time.</summary>
    public static RoomPlaces VirtualClassroom { get; } = new(ClassroomPresets.Board, ClassroomPresets.Teacher, ClassroomPresets.Buddy);

    /// <summary>Those that somebody has shown, at most three.</summary>
    public IEnumerable<(Preset Preset, HeadPose Pose)> Shown
    {
        get
        {
            if (Board is { } board) yield return (Preset.Board, board);
            if (Teacher is { } teacher) yield return (Preset.Teacher, teacher);
            if (Buddy is { } buddy) yield return (Preset.Buddy, buddy);
        }
    }

    /// <summary>Where to look for it; null: nobody has shown it. A robot is put down facing the board, so that this one is always known.</summary>
    public HeadPose? Find(Preset preset) => preset switch
    {
        Preset.Board => Board ?? Ahead,
        Preset.Teacher => Teacher,
        Preset.Buddy => Buddy,
        _ => null,
    };

    /// <param name="preset">Unspecified: all of them, which can only be forgotten.</param>
    /// <param name="pose">Null: forgotten.</param>
    public RoomPlaces With(Preset preset, HeadPose? pose) => preset switch
    {
        Preset.Board => this with { Board = pose },
        Preset.Teacher => this with { Teacher = pose },
        Preset.Buddy => this with { Buddy = pose },
        _ => None,
    };
}
