using AV1Relay.Domain.Access;
using static AV1Relay.Domain.Access.Operation;

namespace AV1Relay.Tests.Integration.Relay;

/// <summary>What each call of the staff's services asks of the domain. A call that is not in it fails <see cref="StaffRpcRolesTests"/>.</summary>
internal static class RpcRights
{
    public static IReadOnlyDictionary<string, (On On, Operation Needs)> All { get; } = new Dictionary<string, (On, Operation)>
    {
        ["Plans/GetPlan"] = (On.Plan, ReadPlan),
        ["Plans/ListPlans"] = (On.SomePlan, ReadPlan),
        ["Plans/DraftPlan"] = (On.ThatSchool, DraftPlan),
        ["Plans/ChangeGoal"] = (On.Plan, ChangePlan),
        ["Plans/AddStep"] = (On.Plan, ChangeLadder),
        ["Plans/ChangeStep"] = (On.Plan, ChangeLadder),
        ["Plans/RemoveStep"] = (On.Plan, ChangeLadder),
        ["Plans/StepUp"] = (On.Plan, StepUp),
        ["Plans/StepDown"] = (On.Plan, StepDown),
        ["Plans/ActivatePlan"] = (On.Plan, ActivatePlan),
        ["Plans/HoldReview"] = (On.Plan, HoldReview),
        ["Plans/BringReviewForward"] = (On.Plan, BringReviewForward),
        ["Plans/ClosePlan"] = (On.Plan, ClosePlan),
        ["Plans/NoteStepInPerson"] = (On.Plan, NoteStepInPerson),
        ["Plans/WhatNeedsMe"] = (On.ThatSchool, ReadWhatNeedsMe),

        ["Schedule/BookSession"] = (On.Session, ProposeSession),
        ["Schedule/BookWeekly"] = (On.Session, ProposeSession),
        ["Schedule/FindFreeSlots"] = (On.Plan, ReadFreeTimes),
        ["Schedule/MoveSession"] = (On.Session, ProposeSession),
        ["Schedule/RecordAgreement"] = (On.Session, RecordAgreementToSession),
        ["Schedule/CancelSession"] = (On.Session, CancelSession),
        ["Schedule/PlaceRobot"] = (On.Session, PlaceRobot),
        ["Schedule/ExtendSession"] = (On.Session, ExtendSession),
        ["Schedule/EndSession"] = (On.Session, EndSession),
        ["Schedule/GetSession"] = (On.Session, ReadSession),
        ["Schedule/ListSessions"] = (On.ThatSchool, ReadBookings),
        ["Schedule/IssueJoinCode"] = (On.Session, IssueJoinCode),

        ["Fleet/ListRobots"] = (On.ThatSchool, ReadFleet),
        ["Fleet/CreateEnrolmentCodes"] = (On.ThatSchool, EnrolRobot),
        ["Fleet/StationRobot"] = (On.ThatSchool, UpdateRobot),
        ["Fleet/TakeOutOfService"] = (On.ThatSchool, UpdateRobot),
        ["Fleet/ReturnToService"] = (On.ThatSchool, UpdateRobot),
        ["Fleet/RetireRobot"] = (On.ThatSchool, RetireRobot),
    };
}
