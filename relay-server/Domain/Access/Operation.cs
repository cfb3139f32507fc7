namespace AV1Relay.Domain.Access;

/// <summary>Every query and every change that people ask for.</summary>
/// <remarks>
/// Stored by name. A new one is refused to everybody until it stands in <see cref="AccessTable"/>. What the pupil does on their own device, and
/// what the system does by itself, is not in it.
/// </remarks>
public enum Operation
{
    // Plans
    ReadPlan,
    ReadConfidentialParts,
    ReadAttendProfile,

    /// <summary>Ratings as far as the pupil has chosen to share them; there is no operation that reads the others (domain rule 3).</summary>
    ReadSharedRatings,

    DraftPlan,

    /// <summary>Its goal and its sections.</summary>
    ChangePlan,

    MarkConfidential,

    /// <summary>Makes a confidential part one that people outside the school read too.</summary>
    OpenUp,

    ChangeLadder,
    AnswerAttendProfile,
    StepUp,
    StepDown,
    ActivatePlan,

    /// <summary>Who its key adult and its lead are.</summary>
    ChangePlansPeople,

    ClosePlan,
    CommentOnPlan,

    /// <summary>Staff say that they have read what a parent wrote to the plan.</summary>
    AcknowledgeComment,

    /// <summary>The day's list: reviews due, agreements that lapse, sessions to agree; of each plan only to those who may read it.</summary>
    ReadWhatNeedsMe,

    // Reviews
    HoldReview,
    BringReviewForward,
    PrintReview,

    // Sessions
    /// <summary>When a session of a plan would fit: tells how long its step is, and what stands against booking it.</summary>
    ReadFreeTimes,

    /// <summary>Books one or several, or moves one.</summary>
    ProposeSession,

    /// <summary>Or says no, then or later: one right.</summary>
    AgreeToSessionAsParent,

    /// <summary>What the pupil or a parent has said by word of mouth, on the phone or in writing.</summary>
    RecordAgreementToSession,

    CancelSession,
    IssueJoinCode,
    UnbindPupilsDevice,

    /// <summary>The day's sessions: of each only to those who may read it, or who see what goes on in its room.</summary>
    ReadOwnDay,

    ReadRoomsDay,
    IssueRoomLink,
    EndRoomLink,

    /// <summary>What the robot does at this moment, and whether a hand is up: for those in the room and near it, no picture and no sound.</summary>
    ReadLiveState,

    /// <summary>Puts the robot in its place and says that it is ready.</summary>
    PlaceRobot,

    /// <summary>Or lifts it.</summary>
    DrawCurtain,

    AcknowledgeHand,
    ExtendSession,
    EndSession,

    ReadSession,
    ReadReceipt,

    // Calendar
    /// <summary>Terms, closed days, lessons, rooms.</summary>
    ReadCalendar,

    ChangeCalendar,

    /// <summary>Which robots and rooms are taken when.</summary>
    ReadBookings,

    // Contacts and what is sent home
    EnterContact,
    CorrectContact,
    ReadContacts,
    CommentOnContact,
    SendHome,
    ReadSentHome,
    AcknowledgeSentHome,

    // Reduced timetables
    DraftArrangement,
    AgreeToArrangementAsAuthorisedPerson,

    /// <summary>Or says no.</summary>
    AgreeToArrangementAsParent,

    RecordParentsAgreementToArrangement,
    ActivateArrangement,

    /// <summary>Continues or extends it in a review.</summary>
    ReviewArrangement,

    EndArrangement,
    ReadArrangement,

    // Referrals
    AssembleReferral,
    SignOffReferral,
    ReadReferral,

    /// <summary>As a document, to whom it is sent.</summary>
    ExportReferral,

    RecordReferralsAnswer,

    // Missed days, engagement and evaluation
    RecordMissedDays,
    ReadMissedDays,
    ReadRegisterHint,
    ReadLedger,

    /// <summary>A step that was taken without the robot.</summary>
    NoteStepInPerson,

    CorrectLedger,
    ExportLedger,
    ReadEvaluation,
    ExportEvaluation,

    // Robots and rooms
    EnrolRobot,
    RetireRobot,
    ReadFleet,
    UpdateRobot,

    // People and roles
    AddPupil,
    ReadPupilCard,
    ChangePupilCard,

    /// <summary>The key adult's name and number.</summary>
    ReadKeyAdultCard,

    ReadPeople,
    ChangePeople,
    ReadRoles,
    AssignAuthorityRole,
    RevokeAuthorityRole,
    AssignSchoolRole,
    RevokeSchoolRole,
    AssignPlanRole,
    RevokePlanRole,

    // Settings
    ReadAuthoritySettings,
    ChangeAuthoritySettings,
    ReadSchoolSettings,

    /// <summary>Zone, where concerns are handed to, what the school asks beyond the authority.</summary>
    ChangeSchoolSettings,

    // Audit
    SearchAudit,

    // Retention and one pupil's data
    ReadRetention,
    ChangeRetention,
    ReadDeletionEvidence,
    PlaceLegalHold,
    LiftLegalHold,
    ExportPupil,
    ErasePupil,

    // Safeguarding
    RaiseConcern,
}
