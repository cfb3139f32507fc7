using System.Globalization;
using AV1Relay.Domain.Evaluation;

namespace AV1Relay.StaffConsole.Pages.Evaluation;

/// <summary>Measures and figures as people read them.</summary>
internal static class EvaluationWords
{
    public static string Of(EngagementMeasure measure) => measure switch
    {
        EngagementMeasure.Sessions => "Sessions with the robot",
        EngagementMeasure.Minutes => "Minutes",
        EngagementMeasure.StepsMoved => "Steps moved",
        EngagementMeasure.RatingsShared => "How it felt, as pupils share it",
        _ => "How the link was",
    };

    public static string Explain(EngagementMeasure measure) => measure switch
    {
        EngagementMeasure.Sessions => "Booked sessions: held, or not held and why. None of the reasons is anybody's fault.",
        EngagementMeasure.Minutes => "With the robot, by where the pupil was, and in person. The robot is meant to be needed less in time.",
        EngagementMeasure.StepsMoved => "Going a step down is a way to go on, and no failure.",
        EngagementMeasure.RatingsShared => "Only answers that pupils chose to share. The numbers from 0 to 10 are theirs and are not counted.",
        _ => "Whether the picture and the sound were away for longer than a session goes on by itself.",
    };

    /// <summary>With thousands apart; a figure that is kept back says so.</summary>
    public static string Of(Figure figure) => figure.Value?.ToString("N0", CultureInfo.InvariantCulture) ?? "kept back";
}
