using AV1Relay.Domain.Agreements;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Refusals;
using AV1Relay.Domain.Reviews;
using AV1Relay.Domain.Sessions;
using NodaTime;

namespace AV1Relay.Tests.Unit.Domain.Plans;

/// <summary>A pupil's plan with three steps, and the people around it.</summary>
internal static class PlanFixture
{
    public static readonly Instant Start = Instant.FromUtc(2026, 11, 9, 8, 0);
    public static readonly LocalDate Today = new(2026, 11, 9);
    public static readonly LocalDate ReviewOn = new(2026, 12, 7);
    public static readonly PupilId Pupil = new(Id(1));
    public static readonly PersonId KeyAdult = new(Id(2));
    public static readonly PersonId Lead = new(Id(3));
    public static readonly InPersonGoal Goal = new("Art club with two friends", "The art room");
    public static readonly Step Meet = StepOf(11, "Meet the key adult in the park", 2);
    public static readonly Step Watch = StepOf(12, "Watch art through the robot", 4, new RobotUse(new CapabilitySet(Capability.See)));
    public static readonly Step Visit = StepOf(13, "Sit in the empty art room", 7);
    public static readonly ReviewSettings ReviewRules = new(dueDaysBefore: 7, leadAfterDays: 5, longOverdueAfterDays: 20, longestGapWeeks: 13);
    public static readonly RobotAgainstSteps NoRobotYet = new([], AsksForReview: false);

    public static Guid Id(int number) => new(number, 0, 0, new byte[8]);

    public static Step StepOf(int id, string situation, int rating, RobotUse? robot = null)
        => new(new StepId(Id(id)), situation, rating, Duration.FromMinutes(20), 2, "School", "The key adult", robot);

    public static Instant After(int minutes) => Start + Duration.FromMinutes(minutes);

    public static Act ActAt(int minutes = 0) => new(KeyAdult, After(minutes));

    public static PupilsSay Say(string words = "Mornings are hard. Art is good.", bool isConfidential = false)
        => new(words, ["after lunch"], ["art"], isConfidential: isConfidential);

    public static SupportPlan Draft(params Step[] steps)
        => SupportPlan.Draft(
            new PlanId(Id(20)), Pupil, new SchoolId(Id(21)), Goal, KeyAdult, Lead,
            StepLadder.FromListed(steps is [] ? [Meet, Watch, Visit] : steps), ActAt(), Say()).Value;

    public static SupportPlan Active(params Step[] steps) => Draft(steps).Activate(ReviewOn, Today, ReviewRules, [], ActAt(), Say()).Value;

    /// <summary>Written down on the day it was held.</summary>
    public static Outcome<SupportPlan> Hold(this SupportPlan plan, Review review) => plan.HoldReview(review, review.HeldOn, ReviewRules);

    /// <summary>From the first step to the second, unless it says otherwise.</summary>
    public static Agreement PupilAgrees(int minutes, AgreedTo? to = null) => new(Pupil.ToString(), AgreementCapacity.Pupil, to ?? Move(Meet, Watch), After(minutes), AgreementManner.InPerson);

    public static Agreement KeyAdultAgrees(int minutes, AgreedTo? to = null) => new(KeyAdult.ToString(), AgreementCapacity.KeyAdult, to ?? Move(Meet, Watch), After(minutes), AgreementManner.InPerson);

    public static AgreedTo Move(Step from, Step to) => new AgreedTo.Move(new PlanId(Id(20)), from.Id, to.Id);

    public static SupportPlan UpAt(this SupportPlan plan, int minutes)
    {
        var up = Move(plan.Ladder.Current, plan.Ladder.Above!); // the caller's plan has one
        return plan.StepUp(PupilAgrees(minutes, up), KeyAdultAgrees(minutes, up), ActAt(minutes)).Value;
    }

    public static Review ReviewOf(
        int id = 30, LocalDate? heldOn = null, ReviewDecision decision = ReviewDecision.Stay, LocalDate? next = null,
        PupilsSay? say = null, bool isConfidential = false)
    {
        var held = heldOn ?? ReviewOn;
        return new Review(
            new ReviewId(Id(id)), held, NamedStep.Of(Meet), [new ReviewParticipant("pupil"), new ReviewParticipant("EP")], "Met twice in the park.", 1,
            decision, decision == ReviewDecision.End ? null : next ?? held.PlusWeeks(4), say ?? Say(), NoRobotYet, ActAt(100 + id), isConfidential);
    }
}
