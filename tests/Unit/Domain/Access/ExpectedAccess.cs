using AV1Relay.Domain.Access;

namespace AV1Relay.Tests.Unit.Domain.Access;

/// <summary>Who may do what, written a second time, to be compared with the policy cell by cell.</summary>
/// <remarks>
/// Columns: A administrator, E educational psychologist, S SENDCo or lead, K key adult, T teacher, H technician, P parent, X external professional.
/// Cells: '.' no; 'y' all of it; 'c' without confidential parts; 's' without what stands in the plan; 'p' without pupils; 'q' without pupils and
/// plan; 'n' without concerns; 'N' without concerns and plan; 'm' with a mandate only.
/// </remarks>
internal static class ExpectedAccess
{
    internal static IReadOnlyList<Role> Columns { get; } =
    [
        Role.Administrator, Role.EducationalPsychologist, Role.Sendco, Role.KeyAdult, Role.Teacher, Role.Technician, Role.Parent,
        Role.ExternalProfessional,
    ];

    private const string Grid = """
                                              reach       A E S K T H P X
        ReadPlan                              Plan        . y y y . . c c
        ReadConfidentialParts                 Plan        . y y y . . . m
        ReadAttendProfile                     Plan        . y y y . . . .
        ReadSharedRatings                     Plan        . y y y . . . .
        DraftPlan                             School      . y y . . . . .
        ChangePlan                            Plan        . y y y . . . .
        MarkConfidential                      Plan        . y y y . . . .
        OpenUp                                Plan        . y y . . . . .
        ChangeLadder                          Plan        . y y y . . . .
        AnswerAttendProfile                   Plan        . y y y . . . .
        StepUp                                Plan        . . . y . . . .
        StepDown                              Plan        . . y y . . . .
        ActivatePlan                          Plan        . . y . . . . .
        ChangePlansPeople                     Plan        . . y . . . . .
        ClosePlan                             Plan        . . y . . . . .
        CommentOnPlan                         Plan        . y y y . . y .
        AcknowledgeComment                    Plan        . y y y . . . .
        ReadWhatNeedsMe                       School      . y y y . . . .

        HoldReview                            Plan        . y y y . . . .
        BringReviewForward                    Plan        . y y y . . . .
        PrintReview                           Plan        . y y y . . c .

        ReadFreeTimes                         Plan        . y y y . . . .
        ProposeSession                        Session     . y y y . . . .
        AgreeToSessionAsParent                Session     . . . . . . y .
        RecordAgreementToSession              Session     . . y y . . . .
        CancelSession                         Session     . y y y . . . .
        IssueJoinCode                         Session     . . y y . . . .
        UnbindPupilsDevice                    Plan        . . y y . . . .
        ReadOwnDay                            School      . y y y y q . .
        ReadRoomsDay                          Room        . . y . q q . .
        IssueRoomLink                         Room        y . y . . . . .
        EndRoomLink                           Room        y . y . . . . .
        ReadLiveState                         Session     . . y y s . . .
        PlaceRobot                            Session     . . y y y y . .
        DrawCurtain                           Session     . . y y y . . .
        AcknowledgeHand                       Session     . . . y y . . .
        ExtendSession                         Session     . . y y y . . .
        EndSession                            Session     . . y y y . . .
        ReadSession                           Session     . y y y s . c .
        ReadReceipt                           Session     . y y y . . y .

        ReadCalendar                          School      y y y y y y . .
        ChangeCalendar                        School      y . y . . . . .
        ReadBookings                          School      . y y p . . . .

        EnterContact                          Plan        . y y y . . . .
        CorrectContact                        Plan        . y y y . . . .
        ReadContacts                          Plan        . y y y . . c .
        CommentOnContact                      Plan        . y y y . . y .
        SendHome                              Plan        . . y y . . . .
        ReadSentHome                          Plan        . y y y . . y .
        AcknowledgeSentHome                   Plan        . . . . . . y .

        DraftArrangement                      Plan        . . y y . . . .
        AgreeToArrangementAsAuthorisedPerson  Plan        . . m . . . . .
        AgreeToArrangementAsParent            Plan        . . . . . . y .
        RecordParentsAgreementToArrangement   Plan        . . y y . . . .
        ActivateArrangement                   Plan        . . y . . . . .
        ReviewArrangement                     Plan        . . y . . . . .
        EndArrangement                        Plan        . . y . . . . .
        ReadArrangement                       Plan        . y y y . . c c

        AssembleReferral                      Plan        . y y . . . . .
        SignOffReferral                       Plan        . . y . . . . .
        ReadReferral                          Plan        . y y y . . . .
        ExportReferral                        Plan        . . y . . . . .
        RecordReferralsAnswer                 Plan        . . y . . . . .

        RecordMissedDays                      Plan        . . y y . . . .
        ReadMissedDays                        Plan        . y y y . . . .
        ReadRegisterHint                      Plan        . . y y . . . .
        ReadLedger                            Plan        . y y y . . y .
        NoteStepInPerson                      Plan        . . y y . . . .
        CorrectLedger                         Plan        . . y y . . . .
        ExportLedger                          Plan        . . y . . . . .
        ReadEvaluation                        School      p p p . . . . .
        ExportEvaluation                      School      p p p . . . . .

        EnrolRobot                            School      . . . . . y . .
        RetireRobot                           School      . . . . . y . .
        ReadFleet                             School      . . . . . q . .
        UpdateRobot                           School      . . . . . y . .

        AddPupil                              School      . . y . . . . .
        ReadPupilCard                         Plan        . y y y . . c c
        ChangePupilCard                       Plan        . . y . . . . .
        ReadKeyAdultCard                      Plan        . y y y . . y y
        ReadPeople                            School      y . y . . . . .
        ChangePeople                          School      y . y . . . . .
        ReadRoles                             School      y . y . . . . .
        AssignAuthorityRole                   Authority   y . . . . . . .
        RevokeAuthorityRole                   Authority   y . . . . . . .
        AssignSchoolRole                      School      y . . . . . . .
        RevokeSchoolRole                      School      y . . . . . . .
        AssignPlanRole                        Plan        . . y . . . . .
        RevokePlanRole                        Plan        y . y . . . . .

        ReadAuthoritySettings                 School      y y y . . . . .
        ChangeAuthoritySettings               Authority   y . . . . . . .
        ReadSchoolSettings                    School      y . y . . . . .
        ChangeSchoolSettings                  School      y . . . . . . .

        SearchAudit                           School      N . n . . . . .

        ReadRetention                         School      y . y . . . . .
        ChangeRetention                       Authority   y . . . . . . .
        ReadDeletionEvidence                  School      y . y . . . . .
        PlaceLegalHold                        School      y . y . . . . .
        LiftLegalHold                         School      y . . . . . . .
        ExportPupil                           School      . . y . . . . .
        ErasePupil                            School      y . . . . . . .

        RaiseConcern                          Anywhere    y y y y y y y y
        """;

    internal static IReadOnlyList<ExpectedRow> Rows { get; } =
    [
        .. Grid.Split('\n').Skip(1)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(words => words.Length > 0)
            .Select(words => new ExpectedRow(
                Enum.Parse<Operation>(words[0]), Enum.Parse<Reach>(words[1]),
                Columns.Zip(words.Skip(2)).ToDictionary(cell => cell.First, cell => cell.Second.Single()))),
    ];

    internal static char CellOf(LeftOut leftOut) => leftOut switch
    {
        LeftOut.Nothing => 'y',
        LeftOut.ConfidentialParts => 'c',
        LeftOut.PlanContents => 's',
        LeftOut.Pupils => 'p',
        LeftOut.Pupils | LeftOut.PlanContents => 'q',
        LeftOut.Concerns => 'n',
        LeftOut.Concerns | LeftOut.PlanContents => 'N',
        _ => '?',
    };
}

internal sealed record ExpectedRow(Operation Operation, Reach Reach, IReadOnlyDictionary<Role, char> Cells);
