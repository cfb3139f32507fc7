using AV1Relay.Domain.Booking;

namespace AV1Relay.StaffConsole.Pages.Room;

/// <summary>How a session stands, for whoever takes the class.</summary>
internal static class RoomWords
{
    public static string Of(SessionState state) => state switch
    {
        SessionState.Proposed => "Not agreed yet.",
        SessionState.Agreed => "The robot is not in its place yet.",
        SessionState.Ready => "The robot is in its place.",
        SessionState.Live => "Live now.",
        SessionState.Ended or SessionState.Reflected => "Over.",
        _ => "It does not take place.",
    };

    public static string NextStep(SessionState state) => state switch
    {
        SessionState.Agreed => "Open this to say when it is.",
        SessionState.Ready => "The pupil can come in when it begins.",
        SessionState.Live => "Open this to see raised hands and the curtain.",
        _ => "",
    };
}
