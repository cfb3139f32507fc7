using AV1Relay.Domain.Booking;
using AV1Relay.Domain.Calendar;
using AV1Relay.Domain.People;
using NodaTime;

namespace AV1Relay.Application.Sample;

/// <summary>Who and what of one school is taken when, so that invented sessions never clash.</summary>
/// <param name="carriers">Who carries robots to any pupil's session, where the pupil's own key adult does not.</param>
internal sealed class SampleDiary(SchoolTimes times, IReadOnlyList<string> robots, IReadOnlyList<PersonId> carriers)
{
    private readonly Dictionary<LocalDate, IReadOnlyList<LessonFacts>> _lessons = [];
    private readonly HashSet<(LocalDate Date, LocalTime Start, string Robot)> _robots = [];
    private readonly HashSet<(LocalDate Date, LocalTime Start, PersonId Carrier)> _carriers = [];

    public SchoolTimes Times => times;

    /// <summary>A place in one of the day's lessons; null where every try met somebody who is taken.</summary>
    public SamplePlace? Take(SampleRandom random, LocalDate date, PersonId keyAdult)
    {
        if (!_lessons.TryGetValue(date, out var lessons))
            _lessons[date] = lessons = DayFacts.Of(date, times.Calendar, times.Timetable).Lessons;
        for (var tries = 0; tries < 40; tries++)
        {
            var (lesson, robot) = (random.Pick(lessons), random.Pick(robots));
            var carrier = tries == 0 ? keyAdult : random.Pick(carriers);
            if (_carriers.Contains((date, lesson.Slot.Start, carrier)) || !_robots.Add((date, lesson.Slot.Start, robot))) continue;
            _carriers.Add((date, lesson.Slot.Start, carrier));
            return new SamplePlace(lesson, robot, carrier);
        }

        return null;
    }

    /// <summary>School days in as many different weeks, in order. As many as there are, where that is fewer.</summary>
    public IEnumerable<LocalDate> Days(SampleRandom random, DateInterval range, int wanted)
    {
        var weeks = times.Calendar.SchoolDays(range).GroupBy(Weeks.MondayOf).Select(week => week.ToList()).ToList();
        return random.PickInOrder(weeks, Math.Min(wanted, weeks.Count)).Select(random.Pick);
    }
}

/// <summary>A lesson on one day, with a robot and somebody who carries it.</summary>
internal sealed record SamplePlace(LessonFacts Lesson, string Robot, PersonId Carrier);
