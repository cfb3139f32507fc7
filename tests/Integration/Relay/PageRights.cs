using AV1Relay.Domain.Access;
using static AV1Relay.Domain.Access.Operation;

namespace AV1Relay.Tests.Integration.Relay;

/// <summary>What each page of staff and parents asks of the domain before it shows anything. A page that is not in it fails <see cref="StaffRolesTests"/>.</summary>
/// <remarks>What is sent from a page is asked for once more: each use case's own tests try every role on it (<c>tests/Unit/Application</c>).</remarks>
internal static class PageRights
{
    public static IReadOnlyList<PageRight> All { get; } =
    [
        // For everybody who is signed in
        new("/staff", On.Nothing), // what it shows is their own
        new("/staff/account", On.Nothing),
        new("/staff/account/password", On.Nothing),
        new("/staff/account/app", On.Nothing),
        new("/staff/concern", On.School, RaiseConcern),
        new("/staff/feed", On.Nothing), // their own address
        new("/staff/reminders", On.Nothing), // their own choice

        // Plans
        new("/staff/plans", On.SomePlan, ReadPlan),
        new("/staff/plans/new", On.WholeSchoolsPlans, ReadPupilCard, DraftPlan),
        new("/staff/plans/{Id:guid}", On.Plan, ReadPlan),
        new("/staff/plans/{Id:guid}/activate", On.Plan, ReadPlan, ActivatePlan),
        new("/staff/plans/{Id:guid}/attend", On.Plan, ReadPlan, ReadAttendProfile) { OrSays = "attend.not-supplied" }, // the invented authority has none
        new("/staff/plans/{Id:guid}/comments", On.Plan, ReadPlan, CommentOnPlan),
        new("/staff/plans/{Id:guid}/close", On.Plan, ReadPlan, ClosePlan),
        new("/staff/plans/{Id:guid}/goal", On.Plan, ReadPlan, ChangePlan),
        new("/staff/plans/{Id:guid}/move", On.Plan, ReadPlan) { OneOf = [StepUp, StepDown] },
        new("/staff/plans/{Id:guid}/order", On.Plan, ReadPlan, ChangeLadder),
        new("/staff/plans/{Id:guid}/parts/new", On.Plan, ReadPlan, ChangePlan),
        new("/staff/plans/{Id:guid}/parts/{PartGuid:guid}", On.Plan, ReadPlan, ChangePlan),
        new("/staff/plans/{Id:guid}/parts/{PartGuid:guid}/marks", On.Plan, ReadPlan) { OneOf = [MarkConfidential, OpenUp, ChangePlan] },
        new("/staff/plans/{Id:guid}/people", On.Plan, ReadPlan, ChangePlansPeople),
        new("/staff/plans/{Id:guid}/review", On.Plan, ReadPlan, HoldReview),
        new("/staff/plans/{Id:guid}/reviews/{ReviewGuid:guid}/marks", On.Plan, ReadPlan) { OneOf = [MarkConfidential, OpenUp] },
        new("/staff/plans/{Id:guid}/steps/new", On.Plan, ReadPlan, ChangeLadder),
        new("/staff/plans/{Id:guid}/steps/{StepGuid:guid}", On.Plan, ReadPlan, ChangeLadder),
        new("/staff/plans/{Id:guid}/steps/{StepGuid:guid}/remove", On.Plan, ReadPlan, ChangeLadder),
        new("/staff/plans/{Id:guid}/steps/{StepGuid:guid}/split", On.Plan, ReadPlan, ChangeLadder),
        new("/staff/reviews/{PlanGuid:guid}/{ReviewGuid:guid}/print", On.Plan, PrintReview),

        // Contacts and what is sent home
        new("/staff/plans/{Id:guid}/contacts", On.Plan, ReadContacts),
        new("/staff/plans/{Id:guid}/contacts/new", On.Plan, ReadContacts, EnterContact),
        new("/staff/plans/{Id:guid}/contacts/{Contact:guid}", On.Plan, ReadContacts),
        new("/staff/plans/{Id:guid}/send-home", On.Plan, ReadSentHome, SendHome),
        new("/staff/plans/{Id:guid}/sent-home/{Item:guid}", On.Plan, ReadSentHome),

        // Reduced timetables, referrals, the ledger
        new("/staff/plans/{Id:guid}/arrangements", On.Plan, ReadArrangement),
        new("/staff/plans/{Id:guid}/arrangements/new", On.Plan, ReadArrangement, DraftArrangement),
        new("/staff/plans/{Id:guid}/arrangements/{Arrangement:guid}", On.Plan, ReadArrangement),
        new("/staff/plans/{Id:guid}/arrangements/{Arrangement:guid}/terms", On.Plan, ReadArrangement, DraftArrangement),
        new("/staff/plans/{Id:guid}/arrangements/{Arrangement:guid}/review", On.Plan, ReadArrangement, ReviewArrangement),
        new("/staff/plans/{Id:guid}/referrals", On.Plan, ReadReferral),
        new("/staff/plans/{Id:guid}/referrals/new", On.Plan, ReadReferral, AssembleReferral),
        new("/staff/plans/{Id:guid}/referrals/{Referral:guid}", On.Plan, ReadReferral),
        new("/staff/plans/{Id:guid}/referrals/{Referral:guid}/write", On.Plan, ReadReferral, AssembleReferral),
        new("/staff/plans/{plan:guid}/referrals/{referral:guid}/document.docx", On.Plan, ExportReferral),
        new("/staff/plans/{Id:guid}/ledger", On.Plan, ReadLedger),
        new("/staff/plans/{Id:guid}/ledger/note", On.Plan, ReadLedger, NoteStepInPerson),
        new("/staff/plans/{Id:guid}/ledger/{Line:guid}", On.Plan, ReadLedger),
        new("/staff/plans/{plan:guid}/ledger.csv", On.Plan, ExportLedger),

        // The calendar and its sessions
        new("/staff/calendar", On.School, ReadBookings),
        new("/staff/book", On.Plan, ReadPlan, ReadBookings) { Query = "plan={plan}" },
        new("/staff/sessions/{Id:guid}", On.Session, ReadSession),
        new("/staff/sessions/{Id:guid}/move", On.Session, ReadSession, ReadBookings, ReadPlan),
        new("/staff/sessions/{Id:guid}/answer", On.Session, ReadSession),
        new("/staff/sessions/{Id:guid}/receipt", On.Session, ReadReceipt) { OrSays = "session.not-ended" }, // it is to come
        new("/staff/sessions/{Id:guid}/live", On.Session, ReadLiveState),
        new("/staff/sessions/{session:guid}/live/now", On.Session, ReadLiveState),
        new("/staff/today", On.School, ReadOwnDay),
        new("/staff/room-link", On.SomeRoom, ReadCalendar, IssueRoomLink),

        // Figures, the record, settings
        new("/staff/evaluation", On.School, ReadEvaluation),
        new("/staff/evaluation/{Run:guid}", On.Nothing) { OrSays = "evaluation.not-kept" }, // each is its own person's, and nobody here has asked for one
        new("/staff/evaluation/{run:guid}/progress", On.Nothing),
        new("/staff/evaluation/{run:guid}/figures.csv", On.Nothing) { IsOfNobody = true },
        new("/staff/audit", On.School, SearchAudit),
        new("/staff/audit.csv", On.School, SearchAudit),
        new("/staff/settings", On.School, ReadAuthoritySettings),
        new("/staff/settings/school", On.School, ReadAuthoritySettings, ChangeSchoolSettings),
        new("/staff/settings/limits", On.School, ReadAuthoritySettings, ChangeAuthoritySettings),
        new("/staff/settings/retention/{Class}", On.School, ReadAuthoritySettings, ChangeRetention),
        new("/staff/settings/attend", On.School, ReadAuthoritySettings, ChangeAuthoritySettings),
        new("/staff/settings/register-codes", On.School, ReadAuthoritySettings, ChangeAuthoritySettings),
        new("/staff/settings/deleted", On.School, ReadAuthoritySettings, ReadDeletionEvidence),

        // Robots
        new("/staff/fleet", On.School, ReadFleet),
        new("/staff/fleet/{Name}", On.School, ReadFleet),
        new("/staff/fleet/{Name}/move", On.School, ReadFleet),
        new("/staff/fleet/{Name}/retire", On.School, ReadFleet),

        // The school's times
        new("/staff/times", On.School, ReadCalendar),
        new("/staff/times/term", On.School, ReadCalendar, ChangeCalendar),
        new("/staff/times/weeks", On.School, ReadCalendar, ChangeCalendar),
        new("/staff/times/day", On.School, ReadCalendar, ChangeCalendar),
        new("/staff/times/room", On.School, ReadCalendar, ChangeCalendar),
        new("/staff/times/import", On.School, ReadCalendar, ChangeCalendar),
        new("/staff/times/lesson", On.School, ReadCalendar, ChangeCalendar),
        new("/staff/times/lesson/day", On.School, ReadCalendar, ChangeCalendar),

        // People
        new("/staff/people", On.School, ReadPeople, ReadRoles),
        new("/staff/people/add", On.School, AssignSchoolRole),
        new("/staff/people/{Id:guid}", On.ThatSchool, ReadPeople, ReadRoles),
        new("/staff/people/roles/{Id:guid}/end", On.ThatSchool, ReadRoles),
        new("/staff/people/pupils", On.SomePlan, ReadPupilCard),
        new("/staff/people/pupils/add", On.School, AddPupil),
        new("/staff/people/pupils/{Id:guid}", On.Plan, ReadPupilCard),
        new("/staff/people/pupils/{Id:guid}/parents/add", On.Plan, ReadPupilCard, ChangePupilCard),
        new("/staff/people/pupils/{Id:guid}/privacy", On.ThatSchool, ReadRetention),
        new("/staff/people/pupils/{pupil:guid}/export.json", On.ThatSchool, ExportPupil),
        new("/staff/privacy", On.Nothing), // leads on to what an id is typed for
        new("/staff/plans/{Id:guid}/access", On.Plan, ReadRoles, ReadPeople),
        new("/staff/plans/{Id:guid}/access/add", On.Plan, ReadRoles, ReadPeople, AssignPlanRole),
    ];
}

/// <param name="Page">As the route is written.</param>
/// <param name="On">What it is about.</param>
/// <param name="Needs">Each of these; none: whoever is signed in.</param>
internal sealed record PageRight(string Page, On On, params Operation[] Needs)
{
    /// <summary>And one of these, where there are any.</summary>
    public Operation[] OneOf { get; init; } = [];

    /// <summary>Why it has nothing to show to those either who may see it.</summary>
    public string? OrSays { get; init; }

    /// <summary>It is of something that nobody of the cast has.</summary>
    public bool IsOfNobody { get; init; }

    /// <summary>What the address asks; <c>{plan}</c> stands for the plan.</summary>
    public string? Query { get; init; }
}

/// <summary>What a page is about.</summary>
internal enum On
{
    /// <summary>Whoever asks.</summary>
    Nothing,

    /// <summary>The school that the person looks at: their own.</summary>
    School,

    /// <summary>The school of the plan.</summary>
    ThatSchool,

    /// <summary>One of the plans at the school that they look at, whichever.</summary>
    SomePlan,

    /// <summary>All plans of the school that they look at.</summary>
    WholeSchoolsPlans,

    /// <summary>Any room of the school that they look at, today.</summary>
    SomeRoom,

    Plan,
    Session,
}
