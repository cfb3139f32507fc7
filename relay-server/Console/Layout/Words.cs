using System.Globalization;
using AV1Relay.Domain.Access;
using AV1Relay.Domain.Booking;
using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Sessions;
using NodaTime;
using NodaTime.Text;

namespace AV1Relay.StaffConsole.Layout;

/// <summary>The domain's values as people in a British school read them.</summary>
internal static class Words
{
    private static readonly CultureInfo English = CultureInfo.InvariantCulture;

    private static readonly (Capability Flag, string Name)[] Capabilities =
    [
        (Capability.See, "see"), (Capability.Zoom, "zoom"), (Capability.Hear, "hear"), (Capability.LookAround, "look around"),
        (Capability.LightsAndHand, "raise a hand"), (Capability.Expressions, "show a mood"), (Capability.Whisper, "whisper"), (Capability.Speak, "speak"),
        (Capability.BeSeen, "be seen"),
    ];

    public static string Of(LocalDate date) => LocalDatePattern.Create("dddd d MMMM uuuu", English).Format(date);

    public static string Short(LocalDate date) => LocalDatePattern.Create("ddd d MMM", English).Format(date);

    public static string Of(LocalTime time) => LocalTimePattern.Create("HH:mm", English).Format(time);

    public static string Of(LocalDateTime time) => time.TimeOfDay == LocalTime.Midnight ? Of(time.Date) : $"{Of(time.TimeOfDay)}, {Of(time.Date)}";

    public static string Of(Duration duration) => string.Create(English, $"{duration.TotalMinutes:0} minutes");

    public static string Of(CapabilitySet capabilities) =>
        string.Join(", ", Capabilities.Where(capability => capabilities.Has(capability.Flag)).Select(capability => capability.Name));

    public static string Of(SessionState state) => state switch
    {
        SessionState.Proposed => "To be agreed",
        SessionState.Agreed => "Agreed",
        SessionState.Ready => "Robot in place",
        SessionState.Live => "Live now",
        SessionState.Ended or SessionState.Reflected => "Over",
        SessionState.Declined => "Declined",
        SessionState.Cancelled => "Called off",
        _ => "Did not happen",
    };

    public static string Of(Role role) => role switch
    {
        Role.Administrator => "Administrator",
        Role.EducationalPsychologist => "Educational psychologist",
        Role.Sendco => "SENDCo",
        Role.KeyAdult => "Key adult",
        Role.Teacher => "Teacher",
        Role.Technician => "Technician",
        Role.Parent => "Parent or carer",
        _ => "External professional",
    };

    public static string Of(PlanStatus status) => status switch
    {
        PlanStatus.Draft => "Draft",
        PlanStatus.Active => "Active",
        _ => "Closed",
    };
}
