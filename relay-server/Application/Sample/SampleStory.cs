using AV1Relay.Domain.Agreements;
using AV1Relay.Domain.Booking;
using AV1Relay.Domain.Calendar;
using AV1Relay.Domain.Contacts;
using AV1Relay.Domain.Engagement;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Reviews;
using AV1Relay.Domain.Sessions;
using AV1Relay.Domain.Settings;
using NodaTime;

namespace AV1Relay.Application.Sample;

/// <summary>A pupil's year: the plan is drafted, put to use, reviewed and moved along, with sessions in between, each at the step of its day.</summary>
/// <remarks>Told in the order of time; every change goes through the plan's own methods, so that a story which could not have happened fails.</remarks>
internal sealed class SampleStory
{
    private static readonly AuthoritySettings Settings = AuthoritySettings.Default;

    private readonly SampleRandom _random;
    private readonly SampleDiary _diary;
    private readonly SampleStaff _staff;
    private readonly Instant _now;
    private readonly DateTimeZone _zone;
    private readonly PersonId _keyAdult;
    private readonly int _weeksBetweenReviews;
    private readonly bool _isLate;
    private readonly LocalDate _begins;
    private readonly List<ScheduledSession> _sessions = [];
    private SupportPlan _plan;

    private SampleStory(SampleRandom random, SampleDiary diary, SampleStaff staff, SchoolId school, Instant now, LocalDate begins)
    {
        (_random, _diary, _staff, _now, _begins) = (random, diary, staff, now, begins);
        _zone = diary.Times.Calendar.Zone;
        _keyAdult = random.Pick(staff.KeyAdults);
        _weeksBetweenReviews = random.Between(8, 12);
        _isLate = random.Chance(0.1);
        Parent = new PersonId(random.Id());
        _plan = SupportPlan.Draft(
            new PlanId(random.Id()), new PupilId(random.Id()), school, new InPersonGoal(random.Pick(SampleWords.Goals), "school"), _keyAdult, staff.Sendco,
            StepLadder.FromListed(SampleSteps.Invent(random)), By(_keyAdult, begins, 14), SampleWords.Say(random)).Value;
        foreach (var section in SampleWords.SectionsOf(random))
            _plan = _plan.WriteSection(section, By(_keyAdult, begins.PlusDays(1), 15), SampleWords.Say(random)).Value;
    }

    public PersonId Parent { get; }

    private LocalDate Today => _now.InZone(_zone).Date;

    /// <summary>A plan that is still being written.</summary>
    public static SamplePupil Draft(SampleRandom random, SampleDiary diary, SampleStaff staff, SchoolId school, Instant now)
    {
        var today = now.InZone(diary.Times.Calendar.Zone).Date;
        return new SampleStory(random, diary, staff, school, now, today.PlusDays(-random.Between(2, 30))).ToPupil();
    }

    /// <param name="sessions">So many, where there are weeks enough.</param>
    /// <param name="isClosed">The goal was reached some weeks ago.</param>
    public static SamplePupil Tell(SampleRandom random, SampleDiary diary, SampleStaff staff, SchoolId school, Instant now, int sessions, bool isClosed)
    {
        var today = now.InZone(diary.Times.Calendar.Zone).Date;
        var story = new SampleStory(random, diary, staff, school, now, today.PlusDays(-7 * random.Between(isClosed ? 30 : 20, 46)));
        var ends = isClosed ? today.PlusDays(-7 * random.Between(2, 6)) : today.PlusWeeks(4);
        story.Begin();
        foreach (var date in diary.Days(random, new DateInterval(story._begins.PlusWeeks(2), ends), sessions)) story.Hold(date);
        if (isClosed) story.Close(ends.PlusDays(2));
        else story.ReviewUntil(today);
        return story.ToPupil();
    }

    private void Begin()
    {
        var date = _begins.PlusDays(3);
        _plan = _plan.Activate(NextReviewAfter(date), date, Settings.Reviews, [], By(_staff.Sendco, date, 14), SampleWords.Say(_random)).Value;
        if (_plan.Ladder.Current.Robot is null) StepUp(date.PlusDays(4));
    }

    private void Hold(LocalDate date)
    {
        ReviewUntil(date < Today ? date : Today);
        if (_diary.Take(_random, date, _keyAdult) is not { } place) return;
        var step = _plan.Ladder.Current;
        var robot = step.Robot ?? throw new InvalidOperationException("Sessions are at steps with the robot.");
        var slot = new LocalSlot(date, place.Lesson.Slot.Start, Duration.Min(step.Duration, place.Lesson.Slot.Duration));
        var proposedAt = Instant.Min(_now, slot.ToInterval(_zone).Start) - Duration.FromHours(_random.Between(30, 140));
        var use = new BookedUse(
            _plan.School, _plan.Pupil, _plan.Id, step.Id, robot.Capabilities, robot.AsksParent, place.Lesson.Name,
            place.Lesson.Room ?? throw new InvalidOperationException("Invented lessons have rooms."), slot, _zone,
            _random.Chance(0.9) ? PupilLocation.Home : PupilLocation.SchoolSite, place.Carrier, place.Robot, _keyAdult);
        var session = new ScheduledSession(new ScheduledSessionId(_random.Id()), use, new SessionHistory(new Act(_keyAdult, proposedAt)));
        _sessions.Add(SampleSessions.Live(_random, session, Parent, _now));
        if (date.PlusDays(1) < Today) Move(date.PlusDays(1));
    }

    private void Move(LocalDate date)
    {
        if (_plan.Ladder.Above?.Robot is not null && _random.Chance(0.35)) StepUp(date);
        else if (_plan.Ladder.Below?.Robot is not null && _random.Chance(0.06)) _plan = _plan.StepDown(By(_keyAdult, date, 16), SampleWords.Say(_random)).Value;
    }

    private void StepUp(LocalDate date)
    {
        var up = new AgreedTo.Move(_plan.Id, _plan.Ladder.Current.Id, _plan.Ladder.Above!.Id); // whoever moves has looked
        _plan = _plan.StepUp(
            new Agreement(_plan.Pupil.ToString(), AgreementCapacity.Pupil, up, At(date, 15), AgreementManner.InPerson),
            new Agreement(_keyAdult.ToString(), AgreementCapacity.KeyAdult, up, At(date, 15), AgreementManner.InPerson),
            By(_keyAdult, date, 16)).Value;
    }

    /// <summary>Those that were due before that day; in some stories the latest is overdue.</summary>
    private void ReviewUntil(LocalDate date)
    {
        var heldBefore = _isLate ? LocalDate.Min(date, Today.PlusDays(-28)) : date;
        while (_plan.NextReviewOn is { } due && due < heldBefore) Review(due, ReviewDecision.Stay);
    }

    private void Close(LocalDate date)
    {
        ReviewUntil(date);
        Review(date, ReviewDecision.End);
    }

    private void Review(LocalDate date, ReviewDecision decision)
    {
        var since = _plan.Reviews.IsEmpty ? _begins : _plan.Reviews[^1].HeldOn;
        var held = _sessions.Count(session => session.History.End is not null && session.Booked.Slot.Date > since && session.Booked.Slot.Date <= date);
        var use = RobotAgainstSteps.Read([new RobotPeriod(new DateInterval(since, date), Duration.FromMinutes(30 * held), _random.Between(0, 3))], Settings.Fading);
        var review = new Review(
            new ReviewId(_random.Id()), date, NamedStep.Of(_plan.Ladder.Current),
            [new ReviewParticipant("pupil"), new ReviewParticipant("parent"), new ReviewParticipant("key adult")],
            _random.Pick(SampleWords.Tried), _random.Between(-1, 2), decision, decision == ReviewDecision.End ? null : NextReviewAfter(date),
            SampleWords.Say(_random), use, By(_staff.Sendco, date, 17));
        _plan = _plan.HoldReview(review, date, Settings.Reviews).Value;
    }

    private LocalDate NextReviewAfter(LocalDate date) => date.PlusWeeks(_weeksBetweenReviews);

    private SamplePupil ToPupil()
    {
        var entered = By(_staff.Sendco, _begins, 9);
        var birthday = new LocalDate(Today.Year - _random.Between(11, 15), _random.Between(1, 12), _random.Between(1, 28));
        var name = SampleNames.PupilOf(_random);
        return new SamplePupil(
            new PupilCard(_plan.Pupil, new PersonalText(name), birthday, [new KeyFact(new PersonalText("Sits near the door."))]),
            new Schooling(_plan.Pupil, [new Placement(_plan.School, _begins.PlusYears(-1), null, entered)]),
            _plan, new Parenthood(Parent, _plan.Pupil, livesWith: true, birthday, until: null, entered), [.. _sessions], [.. InventRatings()], InventContacts(), [.. InventLedger()]);
    }

    /// <summary>Worse before than after, and each time at a step a little better. Most pupils share the answer; some the numbers too.</summary>
    private IEnumerable<StepRating> InventRatings()
    {
        var shared = _random.Chance(0.4) ? SharedWithAdults.Answer | SharedWithAdults.Before | SharedWithAdults.Peak | SharedWithAdults.After : SharedWithAdults.Answer;
        var tries = new Dictionary<StepId, int>();
        foreach (var session in _sessions)
        {
            if (session.History.End is not { At: var end } || !_random.Chance(0.8)) continue;
            var tried = tries[session.Booked.Step] = tries.GetValueOrDefault(session.Booked.Step) + 1;
            var before = Math.Clamp(8 - tried + _random.Between(-1, 1), 0, 10);
            var answer = before >= 8 ? PupilsAnswer.TooBig : before >= 5 ? PupilsAnswer.Repeat : PupilsAnswer.Ready;
            var ratings = new PupilsRatings(before, Math.Clamp(before + _random.Between(-1, 1), 0, 10), Math.Max(0, before - _random.Between(2, 4)), answer);
            yield return new StepRating(
                new RatingId(_random.Id()), _plan.Pupil, session.Booked.Step, session.Id, session.Window.Start, ratings, shared, end + Duration.FromMinutes(5));
        }
    }

    /// <summary>Every two weeks or so since the plan began, and a few of them late.</summary>
    private ContactLog InventContacts()
    {
        var log = new ContactLog(_plan.Pupil, _begins.PlusWeeks(1), []);
        var until = _random.Chance(0.1) ? Today.PlusDays(-_random.Between(16, 40)) : Today;
        for (var date = _begins.PlusDays(_random.Between(3, 7)); date < until; date = date.PlusDays(_random.Between(12, 30)))
        {
            var (with, manner) = (_random.Pick(Enum.GetValues<ContactWith>()), _random.Pick(Enum.GetValues<ContactManner>()));
            var contact = new Contact(
                new ContactId(_random.Id()), _keyAdult, with, At(date, 11), manner, _random.Pick(SampleWords.ContactNotes), date.PlusWeeks(2), By(_keyAdult, date, 12));
            log = log.Enter(contact, _zone).Value;
        }

        return log;
    }

    private IEnumerable<EngagementEntry> InventLedger()
    {
        foreach (var session in _sessions.Where(session => session.History.End is not null))
            yield return EngagementEntry.For(session, new EngagementEntryId(_random.Id())).Value;
        if (_plan.Status == PlanStatus.Draft || _plan.Ladder.Steps.FirstOrDefault(step => step.Robot is null) is not { } inPerson) yield break;
        for (var tries = _random.Between(0, 2); tries > 0; tries--)
        {
            var date = _begins.PlusDays(_random.Between(7, 100));
            var tried = new StepTried(inPerson.Id, null, date.At(new LocalTime(15, 0)), inPerson.Duration, 0, leftEarly: false, PupilLocation.OtherPlace);
            yield return new EngagementEntry(
                new EngagementEntryId(_random.Id()), _plan.Pupil, _plan.Id, tried, new EndedBy.Staff(_keyAdult), At(date, 16));
        }
    }

    private Act By(PersonId who, LocalDate date, int hour) => new(who, At(date, hour));

    private Instant At(LocalDate date, int hour) => _zone.AtLeniently(date.At(new LocalTime(hour, 30))).ToInstant();
}
