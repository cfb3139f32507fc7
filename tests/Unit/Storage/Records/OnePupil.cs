using AV1Relay.Domain.Arrangements;
using AV1Relay.Domain.Attend;
using AV1Relay.Domain.Booking;
using AV1Relay.Domain.Calendar;
using AV1Relay.Domain.Contacts;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Records;
using AV1Relay.Domain.Referrals;
using AV1Relay.Domain.Safeguarding;
using AV1Relay.Domain.Sessions;
using AV1Relay.Tests.Unit.Domain.Booking;
using AV1Relay.Tests.Unit.Domain.Plans;
using NodaTime;
using ForArrangements = AV1Relay.Tests.Unit.Domain.Arrangements.Given;
using ForReferrals = AV1Relay.Tests.Unit.Domain.Referrals.Given;
using Placement = AV1Relay.Domain.People.Placement;

namespace AV1Relay.Tests.Unit.Storage.Records;

/// <summary>One record of each kind that is kept on a pupil, most of them with a word that stands nowhere else.</summary>
internal static class OnePupil
{
    public const string Word = "Quagga";

    public static readonly PupilId Id = PlanFixture.Pupil;
    public static readonly SchoolId School = new(PlanFixture.Id(21));
    public static readonly SchoolId NextSchool = new(PlanFixture.Id(22));
    public static readonly PersonId Mother = ForArrangements.Mother;
    public static readonly LocalDate Born = new(2013, 5, 4);
    public static readonly LocalDate CameOn = new(2026, 9, 2);

    private static readonly Act Act = PlanFixture.ActAt(200) with { Why = Word };

    public static PupilCard Card { get; } = new(Id, new PersonalText(Word), Born, [new KeyFact(new PersonalText("Reads lips"), IsConfidential: true)]);

    public static Schooling Schooling { get; } = new(Id, [new Placement(School, CameOn, null, Act)]);

    public static Parenthood Parenthood { get; } = new(Mother, Id, livesWith: true, Born, null, Act);

    public static StepRating Rating { get; } = new(
        new RatingId(PlanFixture.Id(80)), Id, PlanFixture.Watch.Id, session: null, PlanFixture.After(60),
        new PupilsRatings(3, 7, 2, PupilsAnswer.Repeat), SharedWithAdults.Answer | SharedWithAdults.Peak, PlanFixture.After(90));

    public static SupportPlan Plan { get; } = PlanFixture.Active()
        .WriteSection(new PlanSection(new SectionId(PlanFixture.Id(52)), "Mornings", Word), PlanFixture.ActAt(200), PlanFixture.Say()).Value;

    public static ScheduledSession Session { get; } = Bookable.In(SessionState.Cancelled, Bookable.Use() with { Pupil = Id, School = School });

    public static Arrangement Arrangement { get; } = OfThePupil(ForArrangements.Extended());

    public static ContactLog Log { get; } = ForReferrals.Log.Enter(
        new Contact(
            new ContactId(PlanFixture.Id(62)), PlanFixture.KeyAdult, ContactWith.Pupil, PlanFixture.After(100), ContactManner.Visit, Word, PlanFixture.ReviewOn, Act),
        ForReferrals.London).Value;

    public static SentHome SentHome { get; } = new SentHome(
        new SentHomeId(PlanFixture.Id(63)), Id, SentHomeKind.TripNews, ContactWith.PupilAndParent, "A trip to the zoo", Word, Act, [])
        .Acknowledge(new Acknowledgement(Mother.ToString(), Act.At, "Lovely")).Value;

    public static PlanComment Comment { get; } = new(
        Id, new Comment(new CommentId(PlanFixture.Id(65)), Plan.Id, null, Word, Act with { Who = Mother }, []), byParent: true, acknowledged: null);

    public static Referral Referral { get; } = ForReferrals.Sent();

    public static MissedSessions Missed { get; } = new(Id, AcademicYearStarts.England.YearOf(CameOn), []);

    public static AttendProfile Profile { get; } = new AttendProfile(
        Id, new AttendTemplate("ATTEND", 1, [new AttendSection("home", "At home", [new AttendQuestion(new QuestionId("q1"), "What helps?")])]), [])
        .Answer(new QuestionId("q1"), Word, Act).Value;

    public static ConcernRaised Concern { get; } = new(
        new ConcernId(PlanFixture.Id(64)), Act.At, PlanFixture.KeyAdult, byPupil: null, SessionId.TryParse(Session.Id.ToString(), out var session) ? session : null, Plan.Id);

    /// <summary>All of them, in one piece of work.</summary>
    public static void Add(IWork work)
    {
        work.PupilCards.Add(Card);
        work.Schoolings.Add(Schooling);
        work.Parenthoods.Add(Parenthood);
        work.Ratings.Add(Rating);
        work.Plans.Add(Plan);
        work.Sessions.Add(Session);
        work.Arrangements.Add(Arrangement, School);
        work.Contacts.Add(Log);
        work.SentHome.Add(SentHome);
        work.PlanComments.Add(Comment);
        work.Referrals.Add(Referral, School);
        work.Missed.Add(Missed);
        work.AttendProfiles.Add(Profile);
        work.Concerns.Add(Concern, Id);
    }

    /// <summary>Their kinds, in the order of deletion.</summary>
    public static string[] Kinds { get; } =
    [
        "rating", "session", "plan", "arrangement", "contact", "sent-home", "plan-comment", "referral", "attend-profile", "concern", "missed-sessions",
        "parenthood", "schooling", "pupil-card",
    ];

    private static Arrangement OfThePupil(Arrangement one) =>
        new(one.Id, Id, one.Terms with { PlaceInPlan = Word }, one.Written, one.AuthorisedPerson, one.Parent, one.Activated, one.Reviews, one.Ending);
}
