using AV1Relay.Domain.Sessions;
using AV1Relay.StaffConsole.Forms;

namespace AV1Relay.StaffConsole.Layout;

/// <summary>Where a pupil takes part from, in words and as answers to choose from. Parents read it in their own (<c>ParentsWords</c>).</summary>
internal static class LocationWords
{
    public static readonly Choice[] Choices = [.. Enum.GetValues<PupilLocation>().Select(location => new Choice(location.ToString(), Of(location)))];

    public static string Of(PupilLocation location) => location switch
    {
        PupilLocation.Home => "At home",
        PupilLocation.SchoolSite => "Somewhere at school",
        _ => "At another place",
    };
}
