using System.Globalization;
using AV1Relay.Domain.Access;
using AV1Relay.Domain.Booking;
using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Reviews;
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

    public static string Of(CapabilitySet capabilities) => capabilities.Flags == Capability.None
        ? "nothing yet: everything is off at this step"
        : string.Join(", ", Capabilities.Where(capability => capabilities.Has(capability.Flag)).Select(capability => capability.Name));

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

    /// <summary>Where, with whom, how long, how often, and how it is expected to feel; what nobody has said yet is left out.</summary>
    public static string Of(Step step)
    {
        ArgumentNullException.ThrowIfNull(step);
        var (where, with) = (step.Place.Length > 0 ? $"Where: {step.Place}. " : "", step.WhoIsThere.Length > 0 ? $"With: {step.WhoIsThere}. " : "");
        return string.Create(English, $"{where}{with}{Of(step.Duration)}, {Times(step.SessionsPerWeek)} a week. Expected to feel like {step.ExpectedRating} of 10.");
    }

    public static string Of(RobotUse robot) =>
        $"With the robot: {(robot.Capabilities.Flags == Capability.None ? "everything is off yet" : Of(robot.Capabilities))}."
        + (robot.AsksParent ? " A parent agrees to each session." : "");

    public static string Of(ReviewDecision decision) => decision switch
    {
        ReviewDecision.Stay => "stay on this step",
        ReviewDecision.Repeat => "try the step again",
        ReviewDecision.Split => "split the step into smaller ones",
        ReviewDecision.StepDown => "go one step down",
        ReviewDecision.StepUp => "go one step up",
        ReviewDecision.Fade => "less of the robot, more in person",
        _ => "end the plan",
    };

    /// <param name="outcome">−2…+2.</param>
    public static string OfOutcome(int outcome) => outcome switch
    {
        -2 => "much less than hoped for",
        -1 => "less than hoped for",
        0 => "as hoped for",
        1 => "more than hoped for",
        _ => "much more than hoped for",
    };

    /// <summary>With a proper minus.</summary>
    public static string Signed(int number) => number > 0 ? string.Create(English, $"+{number}") : number < 0 ? string.Create(English, $"−{-number}") : "0";

    public static string Capital(string words) => words.Length == 0 ? words : char.ToUpperInvariant(words[0]) + words[1..];

    private static string Times(int number) => number switch
    {
        1 => "once",
        2 => "twice",
        _ => string.Create(English, $"{number} times"),
    };
}
