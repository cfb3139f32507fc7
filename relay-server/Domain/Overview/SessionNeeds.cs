using AV1Relay.Domain.Sessions;
using NodaTime;

namespace AV1Relay.Domain.Overview;

/// <summary>A proposed session that somebody has not agreed to.</summary>
/// <param name="StillAsked">"the pupil", "a parent", "the pupil and a parent".</param>
public sealed record SessionToAgree(PlanPeople Of, SessionId Session, LocalDateTime Lesson, string StillAsked) : LessonNeed(Of, Lesson)
{
    private protected override string Reason => $"The session at {At(Lesson)} is not agreed with {StillAsked}.";

    private protected override string NextStep => $"Ask {StillAsked}. Saying no is fine: decline the session then.";
}

/// <summary>The robot of an agreed session is not ready, and the lesson is its next.</summary>
/// <param name="Problem">As a sentence: "Its battery is low."</param>
/// <param name="Remedy">As an instruction: "Put it on its charger."</param>
public sealed record RobotNotReady(PlanPeople Of, SessionId Session, LocalDateTime Lesson, string Problem, string Remedy) : LessonNeed(Of, Lesson)
{
    private protected override string Reason => $"The robot is not ready for the lesson at {At(Lesson)}. {Problem}";

    private protected override string NextStep => Remedy;

    private protected override Urgency UrgencyOn(LocalDate today) => Lesson.Date == today ? Urgency.Now : Urgency.Soon;
}
