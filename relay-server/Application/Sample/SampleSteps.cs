using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Sessions;
using NodaTime;

namespace AV1Relay.Application.Sample;

/// <summary>Situations of invented ladders, least feared first: some with the robot, some in person.</summary>
internal static class SampleSteps
{
    public const int Fewest = 4;
    public const int Most = 7;

    private const Capability Watch = Capability.See | Capability.Hear;
    private const Capability TakePart = Watch | Capability.LookAround | Capability.LightsAndHand | Capability.Expressions;

    private static readonly Situation[] Situations =
    [
        new("Meet the key adult at the library in town", 1, 30, 2, "the library in town", "the key adult", null),
        new("Hear a lesson from home", 2, 20, 3, "home", "the class, through the robot", new RobotUse(new CapabilitySet(Capability.Hear))),
        new("Watch a lesson from home", 3, 30, 3, "home", "the class, through the robot", new RobotUse(new CapabilitySet(Watch))),
        new("Raise a hand in a lesson", 4, 40, 3, "home", "the class, through the robot", new RobotUse(new CapabilitySet(TakePart))),
        new("Talk with a friend through the robot", 5, 40, 2, "home", "the class, through the robot",
            new RobotUse(new CapabilitySet(TakePart | Capability.Whisper))),
        new("Answer a question in a lesson", 6, 50, 2, "home", "the class, through the robot",
            new RobotUse(new CapabilitySet(TakePart | Capability.Speak), AsksParent: true)),
        new("Study in an empty room at school", 7, 40, 2, "a quiet room at school", "the key adult", null),
        new("Half a lesson in class", 8, 25, 2, "the classroom", "the class", null),
    ];

    /// <summary>Four to seven of them, two at least with the robot.</summary>
    public static IReadOnlyList<Step> Invent(SampleRandom random)
    {
        while (true)
        {
            var picked = random.PickInOrder(Situations, random.Between(Fewest, Most));
            if (picked.Count(situation => situation.Robot is not null) < 2) continue;
            return [.. picked.Select(situation => situation.ToStep(new StepId(random.Id())))];
        }
    }

    private sealed record Situation(string Name, int Rating, int Minutes, int AWeek, string Place, string WhoIsThere, RobotUse? Robot)
    {
        public Step ToStep(StepId id) => new(id, Name, Rating, Duration.FromMinutes(Minutes), AWeek, Place, WhoIsThere, Robot);
    }
}
