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
        Operation.DraftPlan => Change("plan.drafted"),
        Operation.ChangePlan => Change("plan.changed"),
        Operation.MarkConfidential => Change("plan.confidential-marked"),
        Operation.ChangeLadder => Change("plan.ladder-changed"),
        Operation.AnswerAttendProfile => Change("attend.answered"),
        Operation.RecordPupilsSay => Change("plan.pupils-say-recorded"),
        Operation.StepUp => Change("plan.stepped-up"),
        Operation.StepDown => Change("plan.stepped-down"),
        Operation.ActivatePlan => Change("plan.activated"),
        Operation.ChangePlansPeople => Change("plan.people-changed"),
        Operation.ClosePlan => Change("plan.closed"),
        Operation.CommentOnPlan => Change("plan.commented-on"),
        Operation.ReadWhatNeedsMe => Look("plan.what-needs-me-read"),

        // Reviews
        Operation.HoldReview => Change("review.held"),
        Operation.BringReviewForward => Change("review.brought-forward"),
        Operation.ReadReview => Look("review.read"),
        Operation.PrintReview => Look("review.printed"),

        // Sessions
        Operation.ProposeSession => Booking("session.proposed"),
        Operation.AgreeToSessionAsStaff => Booking("session.agreed-by-staff"),
        Operation.AgreeToSessionAsParent => Booking("session.agreed-by-parent"),
        Operation.RecordAgreementToSession => Booking("session.agreement-recorded"),
        Operation.CancelSession => Booking("session.cancelled"),
        Operation.IssueJoinCode => PermissionChange("session.join-code-issued"),
        Operation.UnbindPupilsDevice => Enrolment("device.unbound"),
        Operation.IssueRoomLink => PermissionChange("room.link-issued"),
        Operation.EndRoomLink => PermissionChange("room.link-ended"),
        Operation.PlaceRobot => Change("session.robot-placed"),
        Operation.StartSession => Change("session.started"),
        Operation.DrawCurtain => Pause("session.curtain-drawn"),
        Operation.AcknowledgeHand => Change("session.hand-acknowledged"),
        Operation.ExtendSession => Change("session.extended"),
        Operation.EndSession => End("session.ended"),
        Operation.ObserveSession => Join("session.observed"),
        Operation.ReadSession => Look("session.read"),
        Operation.ReadReceipt => Look("session.receipt-read"),
        Operation.RecordReflection => Change("session.reflection-recorded"),
        Operation.ReadRoomsDay => Look("room.day-read"),

        // Calendar
        Operation.ChangeCalendar => Change("calendar.changed"),
        Operation.ReadBookings => Look("calendar.bookings-read"),

        // Contacts and what is sent home
        Operation.EnterContact => Change("contact.entered"),
        Operation.CorrectContact => Change("contact.corrected"),
        Operation.ReadContacts => Look("contact.read"),
        Operation.CommentOnContact => Change("contact.commented-on"),
        Operation.SendHome => Change("home.sent"),
        Operation.ReadSentHome => Look("home.read"),
        Operation.AcknowledgeSentHome => Change("home.acknowledged"),

        // Reduced timetables
        Operation.DraftArrangement => Change("arrangement.drafted"),
        Operation.AgreeToArrangementAsAuthorisedPerson => Change("arrangement.agreed-by-authorised-person"),
        Operation.AgreeToArrangementAsParent => Change("arrangement.agreed-by-parent"),
        Operation.RecordParentsAgreementToArrangement => Change("arrangement.agreement-recorded"),
        Operation.ActivateArrangement => Change("arrangement.activated"),
        Operation.ReviewArrangement => Change("arrangement.reviewed"),
        Operation.EndArrangement => Change("arrangement.ended"),
        Operation.ReadArrangement => Look("arrangement.read"),

        // Referrals
        Operation.AssembleReferral => Change("referral.assembled"),
        Operation.SignOffReferral => Change("referral.signed-off"),
        Operation.ReadReferral => Look("referral.read"),
        Operation.ExportReferral => Look("referral.exported"),
        Operation.RecordReferralsAnswer => Change("referral.answer-recorded"),

        // Missed days, engagement and evaluation
        Operation.RecordMissedDays => Change("missed-days.recorded"),
        Operation.ReadMissedDays => Look("missed-days.read"),
        Operation.ReadRegisterHint => Look("missed-days.register-hint-read"),
        Operation.ReadLedger => Look("ledger.read"),
        Operation.CorrectLedger => Change("ledger.corrected"),
        Operation.ExportLedger => Look("ledger.exported"),
        Operation.ReadEvaluation => Look("evaluation.read"),
        Operation.ExportEvaluation => Look("evaluation.exported"),

        // Robots and rooms
        Operation.EnrolRobot => Enrolment("robot.code-made"),
        Operation.RetireRobot => Enrolment("robot.retired"),
        Operation.RunDoctor => Change("robot.doctor-run"),
        Operation.UpdateRobot => Change("robot.updated"),
        Operation.WalkTestRoom => Change("room.walk-tested"),

        // People and roles
        Operation.AddPupil => Change("pupil.added"),
        Operation.ReadPupilCard => Look("pupil.card-read"),
        Operation.ChangePupilCard => Change("pupil.card-changed"),
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
        Operation.VerifyAudit => Look("audit.verified"),

        // Retention and one pupil's data
        Operation.ChangeRetention => Change("retention.changed"),
        Operation.RunRetention => Change("retention.run"),
        Operation.ReadDeletionEvidence => Look("retention.evidence-read"),
        Operation.PlaceLegalHold => Change("legal-hold.placed"),
        Operation.LiftLegalHold => Change("legal-hold.lifted"),
        Operation.ExportPupil => Look("pupil.exported"),
        Operation.ErasePupil => Change("pupil.erased"),

        // Safeguarding: only that it was raised
        Operation.RaiseConcern => Change("safeguarding.concern-raised"),

        // Robots, rooms, terms and limits: no plan, no pupil, nothing changed
        Operation.ReadCalendar
            or Operation.ReadFleet
            or Operation.ReadRobotReadiness
            or Operation.ReadRoomTests
            or Operation.ReadAuthoritySettings
            or Operation.ReadSchoolSettings
            or Operation.ReadRetention => null,

        _ => throw new ArgumentOutOfRangeException(nameof(operation), operation, "Nobody has said how this is recorded."),
    };

    private static AuditSlug Booking(string value) => new(AuditKind.Booking, value);

    private static AuditSlug Change(string value) => new(AuditKind.Change, value);

    private static AuditSlug End(string value) => new(AuditKind.End, value);

    private static AuditSlug Enrolment(string value) => new(AuditKind.Enrolment, value);

    private static AuditSlug Join(string value) => new(AuditKind.Join, value);

    private static AuditSlug Look(string value) => new(AuditKind.Look, value);

    private static AuditSlug Pause(string value) => new(AuditKind.Pause, value);

    private static AuditSlug PermissionChange(string value) => new(AuditKind.PermissionChange, value);
}
