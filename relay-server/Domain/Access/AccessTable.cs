using System.Collections.Frozen;
using System.Collections.Immutable;
using static AV1Relay.Domain.Access.Operation;

namespace AV1Relay.Domain.Access;

/// <summary>Who may do what. What does not stand here is refused.</summary>
/// <remarks>
/// Least privilege: a role stands in a row because its work needs it. Technicians see no plan and no pupil; teachers see the sessions in
/// their own lessons, not the plan; parents see their own child's plan, never the classroom; administrators look after people and settings
/// without reading plans; nobody watches unannounced.
/// </remarks>
public static class AccessTable
{
    private static readonly Right Administrator = new(Role.Administrator);
    private static readonly Right Psychologist = new(Role.EducationalPsychologist);
    private static readonly Right Sendco = new(Role.Sendco);
    private static readonly Right KeyAdult = new(Role.KeyAdult);
    private static readonly Right Teacher = new(Role.Teacher);
    private static readonly Right OwnTeacher = Teacher.InOwnSessions(); // of the lesson, or who carries the robot to it
    private static readonly Right Technician = new(Role.Technician);
    private static readonly Right Parent = new(Role.Parent);
    private static readonly Right External = new(Role.ExternalProfessional);

    // Confidential parts may hold what the pupil has said in confidence, so a parent does not see them either.
    private static readonly Right ParentOpenParts = Parent.Without(LeftOut.ConfidentialParts);
    private static readonly Right ExternalOpenParts = External.Without(LeftOut.ConfidentialParts);

    /// <summary>In the order of <see cref="Operation"/>.</summary>
    public static ImmutableArray<AccessRow> Rows { get; } =
    [
        // Plans
        Of(ReadPlan, Reach.Plan, Psychologist, Sendco, KeyAdult, ParentOpenParts, ExternalOpenParts),
        Of(ReadConfidentialParts, Reach.Plan, Psychologist, Sendco, KeyAdult, External.With(Mandate.ReadsConfidentialParts)), // rule 9
        Of(ReadAttendProfile, Reach.Plan, Psychologist, Sendco, KeyAdult), // working notes of those who hold the reviews
        Of(ReadSharedRatings, Reach.Plan, Psychologist, Sendco, KeyAdult), // rule 3: to others the pupil shows the curve themselves
        Of(DraftPlan, Reach.School, Psychologist, Sendco), // a key adult is one by a plan, so it exists already
        Of(ChangePlan, Reach.Plan, Psychologist, Sendco, KeyAdult),
        Of(MarkConfidential, Reach.Plan, Psychologist, Sendco, KeyAdult),
        Of(OpenUp, Reach.Plan, Psychologist, Sendco), // a key adult may close a part at once, and opens none alone
        Of(ChangeLadder, Reach.Plan, Psychologist, Sendco, KeyAdult), // with the pupil, whose say the plan asks for
        Of(AnswerAttendProfile, Reach.Plan, Psychologist, Sendco, KeyAdult),
        Of(StepUp, Reach.Plan, KeyAdult), // rule 2: pupil and key adult, together
        Of(StepDown, Reach.Plan, Sendco, KeyAdult), // going back never waits for one person to be at work
        Of(ActivatePlan, Reach.Plan, Sendco), // the school answers for the plan
        Of(ChangePlansPeople, Reach.Plan, Sendco),
        Of(ClosePlan, Reach.Plan, Sendco),
        Of(CommentOnPlan, Reach.Plan, Psychologist, Sendco, KeyAdult, Parent),
        Of(AcknowledgeComment, Reach.Plan, Psychologist, Sendco, KeyAdult),
        Of(ReadWhatNeedsMe, Reach.School, Psychologist, Sendco, KeyAdult), // each entry is about a plan, which is asked for by itself

        // Reviews
        Of(HoldReview, Reach.Plan, Psychologist, Sendco, KeyAdult),
        Of(BringReviewForward, Reach.Plan, Psychologist, Sendco, KeyAdult),
        Of(PrintReview, Reach.Plan, Psychologist, Sendco, KeyAdult, ParentOpenParts), // paper does not end by itself, so no externals (rule 9)

        // Sessions
        Of(ReadFreeTimes, Reach.Plan, Psychologist, Sendco, KeyAdult), // those who book it
        Of(ProposeSession, Reach.Session, Psychologist, Sendco, KeyAdult),
        Of(AgreeToSessionAsParent, Reach.Session, Parent), // in person; what a parent said elsewhere is recorded as such
        Of(RecordAgreementToSession, Reach.Session, Sendco, KeyAdult),
        Of(CancelSession, Reach.Session, Psychologist, Sendco, KeyAdult),
        Of(IssueJoinCode, Reach.Session, Sendco, KeyAdult),
        Of(UnbindPupilsDevice, Reach.Plan, Sendco, KeyAdult),
        Of(ReadOwnDay, Reach.School, // each entry is a session, which is asked for by itself
            Psychologist, Sendco, KeyAdult, Teacher,
            Technician.Without(LeftOut.Pupils | LeftOut.PlanContents)),
        Of(ReadRoomsDay, Reach.Room,
            Sendco,
            Teacher.Without(LeftOut.Pupils | LeftOut.PlanContents), // any room: whose session it is shows in one's own lesson
            Technician.Without(LeftOut.Pupils | LeftOut.PlanContents)),
        Of(IssueRoomLink, Reach.Room, Administrator, Sendco),
        Of(EndRoomLink, Reach.Room, Administrator, Sendco),
        Of(ReadLiveState, Reach.Session, Sendco, KeyAdult, OwnTeacher.Without(LeftOut.PlanContents)), // no audience at home or from outside
        Of(PlaceRobot, Reach.Session, Sendco, KeyAdult, Teacher, Technician), // carriers; a technician knows the room and the time of it
        Of(DrawCurtain, Reach.Session, Sendco, KeyAdult, OwnTeacher),
        Of(AcknowledgeHand, Reach.Session, KeyAdult, OwnTeacher), // those who can see the hand from where they are
        Of(ExtendSession, Reach.Session, Sendco, KeyAdult, OwnTeacher),
        Of(EndSession, Reach.Session, Sendco, KeyAdult, OwnTeacher),
        Of(ReadSession, Reach.Session, Psychologist, Sendco, KeyAdult, OwnTeacher.Without(LeftOut.PlanContents), ParentOpenParts),
        Of(ReadReceipt, Reach.Session, Psychologist, Sendco, KeyAdult, Parent),

        // Calendar
        Of(ReadCalendar, Reach.School, Administrator, Psychologist, Sendco, KeyAdult, Teacher, Technician),
        Of(ChangeCalendar, Reach.School, Administrator, Sendco),
        Of(ReadBookings, Reach.School, Psychologist, Sendco, KeyAdult.Without(LeftOut.Pupils)), // others' pupils are "taken"

        // Contacts and what is sent home
        Of(EnterContact, Reach.Plan, Psychologist, Sendco, KeyAdult),
        Of(CorrectContact, Reach.Plan, Psychologist, Sendco, KeyAdult),
        Of(ReadContacts, Reach.Plan, Psychologist, Sendco, KeyAdult, ParentOpenParts),
        Of(CommentOnContact, Reach.Plan, Psychologist, Sendco, KeyAdult, Parent),
        Of(SendHome, Reach.Plan, Sendco, KeyAdult),
        Of(ReadSentHome, Reach.Plan, Psychologist, Sendco, KeyAdult, Parent),
        Of(AcknowledgeSentHome, Reach.Plan, Parent),

        // Reduced timetables (rule 5)
        Of(DraftArrangement, Reach.Plan, Sendco, KeyAdult),
        Of(AgreeToArrangementAsAuthorisedPerson, Reach.Plan, Sendco.With(Mandate.AgreesToReducedTimetables)), // reg. 11(6)
        Of(AgreeToArrangementAsParent, Reach.Plan, Parent),
        Of(RecordParentsAgreementToArrangement, Reach.Plan, Sendco, KeyAdult),
        Of(ActivateArrangement, Reach.Plan, Sendco),
        Of(ReviewArrangement, Reach.Plan, Sendco), // it may extend it, so it is not the key adult's alone
        Of(EndArrangement, Reach.Plan, Sendco),
        Of(ReadArrangement, Reach.Plan, Psychologist, Sendco, KeyAdult, ParentOpenParts, ExternalOpenParts),

        // Referrals (rule 6)
        Of(AssembleReferral, Reach.Plan, Psychologist, Sendco),
        Of(SignOffReferral, Reach.Plan, Sendco), // the school hands off
        Of(ReadReferral, Reach.Plan, Psychologist, Sendco, KeyAdult), // a parent gets the document from the SENDCo, who goes through it with them
        Of(ExportReferral, Reach.Plan, Sendco),
        Of(RecordReferralsAnswer, Reach.Plan, Sendco),

        // Missed days, engagement and evaluation
        Of(RecordMissedDays, Reach.Plan, Sendco, KeyAdult),
        Of(ReadMissedDays, Reach.Plan, Psychologist, Sendco, KeyAdult),
        Of(ReadRegisterHint, Reach.Plan, Sendco, KeyAdult), // those who tell the office; nothing writes to a register (rule 4)
        Of(ReadLedger, Reach.Plan, Psychologist, Sendco, KeyAdult, Parent),
        Of(NoteStepInPerson, Reach.Plan, Sendco, KeyAdult), // the school's staff, who were there or heard of it
        Of(CorrectLedger, Reach.Plan, Sendco, KeyAdult),
        Of(ExportLedger, Reach.Plan, Sendco),
        Of(ReadEvaluation, Reach.School, // pseudonymous for everybody
            Administrator.Without(LeftOut.Pupils), Psychologist.Without(LeftOut.Pupils), Sendco.Without(LeftOut.Pupils)),
        Of(ExportEvaluation, Reach.School,
            Administrator.Without(LeftOut.Pupils), Psychologist.Without(LeftOut.Pupils), Sendco.Without(LeftOut.Pupils)),

        // Robots and rooms
        Of(EnrolRobot, Reach.School, Technician),
        Of(RetireRobot, Reach.School, Technician),
        Of(ReadFleet, Reach.School, Technician.Without(LeftOut.Pupils | LeftOut.PlanContents)), // it shows each robot's next session
        Of(UpdateRobot, Reach.School, Technician),

        // People and roles
        Of(AddPupil, Reach.School, Sendco),
        Of(ReadPupilCard, Reach.Plan, Psychologist, Sendco, KeyAdult, ParentOpenParts, ExternalOpenParts),
        Of(ChangePupilCard, Reach.Plan, Sendco),
        Of(ReadKeyAdultCard, Reach.Plan, Psychologist, Sendco, KeyAdult, Parent, External),
        Of(ReadPeople, Reach.School, Administrator, Sendco),
        Of(ChangePeople, Reach.School, Administrator, Sendco), // the SENDCo enters parents and professionals
        Of(ReadRoles, Reach.School, Administrator, Sendco),
        Of(AssignAuthorityRole, Reach.Authority, Administrator),
        Of(RevokeAuthorityRole, Reach.Authority, Administrator),
        Of(AssignSchoolRole, Reach.School, Administrator),
        Of(RevokeSchoolRole, Reach.School, Administrator),
        Of(AssignPlanRole, Reach.Plan, Sendco), // an administrator can't open a plan to anybody, least of all to themselves
        Of(RevokePlanRole, Reach.Plan, Administrator, Sendco), // taking away may have to be quick

        // Settings
        Of(ReadAuthoritySettings, Reach.School, Administrator, Psychologist, Sendco), // the limits that they work within
        Of(ChangeAuthoritySettings, Reach.Authority, Administrator),
        Of(ReadSchoolSettings, Reach.School, Administrator, Sendco),
        Of(ChangeSchoolSettings, Reach.School, Administrator),

        // Audit (rule 11)
        Of(SearchAudit, Reach.School, Administrator.Without(LeftOut.PlanContents | LeftOut.Concerns), Sendco.Without(LeftOut.Concerns)),

        // Retention and one pupil's data (rule 12)
        Of(ReadRetention, Reach.School, Administrator, Sendco),
        Of(ChangeRetention, Reach.Authority, Administrator),
        Of(ReadDeletionEvidence, Reach.School, Administrator, Sendco),
        Of(PlaceLegalHold, Reach.School, Administrator, Sendco), // it only ever keeps
        Of(LiftLegalHold, Reach.School, Administrator),
        Of(ExportPupil, Reach.School, Sendco), // it holds the plan, which an administrator does not read
        Of(ErasePupil, Reach.School, Administrator), // who wrote the record is not who erases it

        // Safeguarding (rule 10)
        Of(RaiseConcern, Reach.Anywhere, Administrator, Psychologist, Sendco, KeyAdult, Teacher, Technician, Parent, External),
    ];

    private static readonly FrozenDictionary<Operation, AccessRow> ByOperation = Rows.ToFrozenDictionary(row => row.Operation);

    /// <summary>Null: not in the table, so nobody may.</summary>
    public static AccessRow? Find(Operation operation) => ByOperation.GetValueOrDefault(operation);

    private static AccessRow Of(Operation operation, Reach reach, params ImmutableArray<Right> rights) => new(operation, reach, rights);
}
