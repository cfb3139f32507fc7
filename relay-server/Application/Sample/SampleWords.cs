using AV1Relay.Domain.Plans;

namespace AV1Relay.Application.Sample;

/// <summary>What people say and write in invented plans. Nobody has said it.</summary>
internal static class SampleWords
{
    public static readonly string[] Goals =
    [
        "Sit in maths with my friends", "Play in the school band again", "Have lunch in the canteen", "Be in form time every morning", "Go on the trip in summer",
    ];

    public static readonly string[] Tried =
    [
        "Two lessons a week through the robot, with a short talk afterwards.", "The same step as before, at another time of the day.",
        "Shorter sessions, and the key adult in the room for the first ten minutes.", "A walk through the building after everybody had gone home.",
    ];

    public static readonly string[] ContactNotes =
    [
        "Talked about the week. Sleeping better.", "Nobody answered; left a message.", "Went through next week's lessons together.",
        "Parent asked how the reviews work, and will come to the next one.", "Sent the worksheets, and said hello from the class.",
    ];

    private static readonly string[] Sayings =
    [
        "I would like to try it.", "It was fine once it had started.", "Not before ten, please.", "I like that nobody looks round any more.", "Can we do that one again?",
    ];

    private static readonly string[] PartsOfTheDay = ["the first lesson", "break", "after lunch", "the last lesson", "art", "music"];

    private static readonly (string Heading, string Text)[] Sections =
    [
        ("What helps", "A quiet start, a seat near the door, and knowing the day before what will happen. Written down is better than said."),
        ("What is difficult", "Corridors between lessons, being asked without warning, and supply teachers who don't know about the plan."),
        ("Who is part of it", "The pupil, a parent, the key adult and the SENDCo. The form tutor gets the dates of the reviews."),
        ("Strengths", "Draws well, explains things to younger children with patience, and keeps a promise once it is given."),
    ];

    public static PupilsSay Say(SampleRandom random) => random.Chance(0.1)
        ? new PupilsSay("", [], [], choseNotToSay: true)
        : new PupilsSay(random.Pick(Sayings), [random.Pick(PartsOfTheDay)], random.Chance(0.5) ? [random.Pick(PartsOfTheDay)] : []);

    public static IEnumerable<PlanSection> SectionsOf(SampleRandom random) => random.PickInOrder(Sections, random.Between(2, Sections.Length))
        .Select(section => new PlanSection(new SectionId(random.Id()), section.Heading, section.Text, isConfidential: random.Chance(0.15)));
}
