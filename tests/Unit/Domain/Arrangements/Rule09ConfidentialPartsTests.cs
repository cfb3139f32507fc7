using AV1Relay.Domain.Arrangements;
using AV1Relay.Domain.Plans;
using Xunit;

namespace AV1Relay.Tests.Unit.Domain.Arrangements;

public sealed class Rule09ConfidentialPartsTests
{
    [Fact]
    public void What_the_pupil_said_is_read_with_the_timetable()
        => Assert.Equal(["Art is all right.", "A bit longer, please."], Given.Extended().View().PupilsSays.Select(say => say.Words));

    [Fact]
    public void What_the_pupil_said_in_confidence_is_left_out() => Assert.Empty(InConfidence().View().PupilsSays);

    [Fact]
    public void What_the_pupil_said_in_confidence_is_there_for_who_asks_for_it_on_purpose()
        => Assert.Equal(["private"], InConfidence().View(withConfidential: true).PupilsSays.Select(say => say.Words));

    [Fact]
    public void It_is_read_up_to_the_last_day_that_was_agreed() => Assert.Equal(new(2026, 3, 20), Given.Extended().View().LastDay);

    [Fact]
    public void It_is_read_up_to_the_day_on_which_people_ended_it()
        => Assert.Equal(Given.ReviewDay, Given.Extended().End(Given.ReviewDay, Given.ReviewDay, Given.After).Value.View().LastDay);

    private static Arrangement InConfidence() => Given.Draft(Given.Terms with
    {
        Consultation = new Consultation(Given.Today, new PupilsSay("private", [], [], isConfidential: true), "We agree."),
    });
}
