using AV1Relay.Domain.Access;

namespace AV1Relay.Domain.Audit;

/// <summary>Under which name each query and change of people is recorded.</summary>
public static class AuditedOperations
{
    /// <summary>Null: it is not recorded, since it neither looks at a pupil's affairs nor changes anything.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Nobody has said yet how it is recorded.</exception>
    public static AuditSlug? Find(Operation operation) => operation switch
    {
        // Plans
        Operation.ReadPlan => Look("plan.read"),
        Operation.ReadConfidentialParts => Look("plan.confidential-parts-read"),
        Operation.ReadAttendProfile => Look("attend.read"),
        Operation.ReadSharedRatings => Look("ratings.read"),
        Operation.DraftPlan => OnRecord("plan.drafted"),
        Operation.ChangePlan => OnRecord("plan.changed"),
        Operation.MarkConfidential => OnRecord("plan.confidential-marked"),
        Operation.OpenUp => OnRecord("plan.confidential-opened-up"),
        Operation.ChangeLadder => OnRecord("plan.ladder-changed"),
        Operation.AnswerAttendProfile => OnRecord("attend.answered"),
        Operation.StepUp => OnRecord("plan.stepped-up"),
        Operation.StepDown => OnRecord("plan.stepped-down"),
        Operation.ActivatePlan => OnRecord("plan.activated"),
        Operation.ChangePlansPeople => OnRecord("plan.people-changed"),
        Operation.ClosePlan => OnRecord("plan.closed"),
        Operation.CommentOnPlan => OnRecord("plan.commented-on"),
        Operation.AcknowledgeComment => OnRecord("plan.comment-acknowledged"),
        Operation.ReadWhatNeedsMe => Look("plan.what-needs-me-read"),

        // Reviews
        Operation.HoldReview => OnRecord("review.held"),
        Operation.BringReviewForward => OnRecord("review.brought-forward"),
        Operation.PrintReview => Look("review.printed"),

        // Sessions
        Operation.ReadFreeTimes => Look("session.free-times-read"),
        Operation.ProposeSession => Booking("session.proposed"),
        Operation.AgreeToSessionAsParent => Booking("session.agreed-by-parent"),
        Operation.RecordAgreementToSession => Booking("session.agreement-recorded"),
        Operation.CancelSession => Booking("session.cancelled"),
        Operation.IssueJoinCode => PermissionChange("session.join-code-issued"),
        Operation.UnbindPupilsDevice => Enrolment("device.unbound"),
        Operation.IssueRoomLink => PermissionChange("room.link-issued"),
        Operation.EndRoomLink => PermissionChange("room.link-ended"),
        Operation.ReadLiveState => Look("session.live-state-read"),
        Operation.PlaceRobot => OnRecord("session.robot-placed"),
        Operation.DrawCurtain => Pause("session.curtain-drawn"),
        Operation.AcknowledgeHand => OnRecord("session.hand-acknowledged"),
        Operation.ExtendSession => OnRecord("session.extended"),
        Operation.EndSession => End("session.ended"),
        Operation.ReadSession => Look("session.read"),
        Operation.ReadReceipt => Look("session.receipt-read"),
        Operation.ReadOwnDay => Look("session.day-read"),
        Operation.ReadRoomsDay => Look("room.day-read"),

        // Calendar
        Operation.ChangeCalendar => Change("calendar.changed"),
        Operation.ReadBookings => Look("calendar.bookings-read"),

        // Contacts and what is sent home
        Operation.EnterContact => OnRecord("contact.entered"),
        Operation.CorrectContact => OnRecord("contact.corrected"),
        Operation.ReadContacts => Look("contact.read"),
        Operation.CommentOnContact => OnRecord("contact.commented-on"),
        Operation.SendHome => OnRecord("home.sent"),
        Operation.ReadSentHome => Look("home.read"),
        Operation.AcknowledgeSentHome => OnRecord("home.acknowledged"),

        // Reduced timetables
        Operation.DraftArrangement => OnRecord("arrangement.drafted"),
        Operation.AgreeToArrangementAsAuthorisedPerson => OnRecord("arrangement.agreed-by-authorised-person"),
        Operation.AgreeToArrangementAsParent => OnRecord("arrangement.agreed-by-parent"),
        Operation.RecordParentsAgreementToArrangement => OnRecord("arrangement.agreement-recorded"),
        Operation.ActivateArrangement => OnRecord("arrangement.activated"),
        Operation.ReviewArrangement => OnRecord("arrangement.reviewed"),
        Operation.EndArrangement => OnRecord("arrangement.ended"),
        Operation.ReadArrangement => Look("arrangement.read"),

        // Referrals
        Operation.AssembleReferral => OnRecord("referral.assembled"),
        Operation.SignOffReferral => OnRecord("referral.signed-off"),
        Operation.ReadReferral => Look("referral.read"),
        Operation.ExportReferral => Look("referral.exported"),
        Operation.RecordReferralsAnswer => OnRecord("referral.answer-recorded"),

        // Missed days, engagement and evaluation
        Operation.RecordMissedDays => OnRecord("missed-days.recorded"),
        Operation.ReadMissedDays => Look("missed-days.read"),
        Operation.ReadRegisterHint => Look("missed-days.register-hint-read"),
        Operation.ReadLedger => Look("ledger.read"),
        Operation.NoteStepInPerson => OnRecord("ledger.step-noted"),
        Operation.CorrectLedger => OnRecord("ledger.corrected"),
        Operation.ExportLedger => Look("ledger.exported"),
        Operation.ReadEvaluation => Look("evaluation.read"),
        Operation.ExportEvaluation => Look("evaluation.exported"),

        // Robots and rooms
        Operation.EnrolRobot => Enrolment("robot.code-made"),
        Operation.RetireRobot => Enrolment("robot.retired"),
        Operation.UpdateRobot => Change("robot.updated"),

        // People and roles
        Operation.AddPupil => OnRecord("pupil.added"),
        Operation.ReadPupilCard => Look("pupil.card-read"),
        Operation.ChangePupilCard => OnRecord("pupil.card-changed"),
        Operation.ReadKeyAdultCard => Look("people.key-adult-read"),
        Operation.ReadPeople => Look("people.read"),
        Operation.ChangePeople => Change("people.changed"),
        Operation.ReadRoles => Look("roles.read"),
        Operation.AssignAuthorityRole => PermissionChange("roles.authority-role-given"),
        Operation.RevokeAuthorityRole => PermissionChange("roles.authority-role-ended"),
        Operation.AssignSchoolRole => PermissionChange("roles.school-role-given"),
        Operation.RevokeSchoolRole => PermissionChange("roles.school-role-ended"),
        Operation.AssignPlanRole => PermissionChange("roles.plan-role-given"),
        Operation.RevokePlanRole => PermissionChange("roles.plan-role-ended"),

        // Settings
        Operation.ChangeAuthoritySettings => Change("settings.authority-changed"),
        Operation.ChangeSchoolSettings => Change("settings.school-changed"),

        // Audit
        Operation.SearchAudit => Look("audit.searched"),

        // Retention and one pupil's data
        Operation.ChangeRetention => Change("retention.changed"),
        Operation.ReadDeletionEvidence => Look("retention.evidence-read"),
        Operation.PlaceLegalHold => OnRecord("legal-hold.placed"),
        Operation.LiftLegalHold => OnRecord("legal-hold.lifted"),
        Operation.ExportPupil => Look("pupil.exported"),
        Operation.ErasePupil => Erasure("pupil.erased"),

        // Safeguarding: only that it was raised
        Operation.RaiseConcern => OnRecord("safeguarding.concern-raised"),

        // Robots, rooms, terms and limits: no plan, no pupil, nothing changed
        Operation.ReadCalendar
            or Operation.ReadFleet
            or Operation.ReadAuthoritySettings
            or Operation.ReadSchoolSettings
            or Operation.ReadRetention => null,

        _ => throw new ArgumentOutOfRangeException(nameof(operation), operation, "Nobody has said how this is recorded."),
    };

    private static AuditSlug Booking(string value) => new(AuditKind.Booking, value, whyStaysWithRecord: true);

    /// <summary>Of settings, robots, rooms, staff: of no pupil.</summary>
    private static AuditSlug Change(string value) => new(AuditKind.Change, value);

    private static AuditSlug End(string value) => new(AuditKind.End, value, whyStaysWithRecord: true);

    private static AuditSlug Enrolment(string value) => new(AuditKind.Enrolment, value);

    /// <summary>No record is left that its reason could stay with: it is told here, and whoever writes it names nobody.</summary>
    private static AuditSlug Erasure(string value) => new(AuditKind.Change, value);

    private static AuditSlug Look(string value) => new(AuditKind.Look, value);

    /// <summary>A change of a pupil's records.</summary>
    private static AuditSlug OnRecord(string value) => new(AuditKind.Change, value, whyStaysWithRecord: true);

    private static AuditSlug Pause(string value) => new(AuditKind.Pause, value, whyStaysWithRecord: true);

    private static AuditSlug PermissionChange(string value) => new(AuditKind.PermissionChange, value);
}
