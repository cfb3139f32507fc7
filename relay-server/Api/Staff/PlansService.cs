using AV1Relay.Application.Asking;
using AV1Relay.Application.Ledger;
using AV1Relay.Application.Overview;
using AV1Relay.Application.Plans;
using AV1Relay.Domain.Agreements;
using AV1Relay.Domain.Engagement;
using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Refusals;
using AV1Relay.Protos.V1;
using Grpc.Core;

namespace AV1Relay.Api.Staff;

/// <summary>Support plans for other systems. Reads the request, asks <see cref="StaffPlans"/> and those beside it, writes the reply: no rule is here.</summary>
internal sealed class PlansService(StaffPlans plans, StaffLedger ledger, StaffOverview overview) : Plans.PlansBase
{
    public override Task<Plan> GetPlan(GetPlanRequest request, ServerCallContext context) => AnswerAsync(
        context, (caller, cancellation) => plans.ReadAsync(caller, Fields.Plan(request.PlanId, "plan_id"), request.WithConfidentialParts, cancellation));

    public override async Task<ListPlansReply> ListPlans(ListPlansRequest request, ServerCallContext context)
    {
        var school = Fields.School(request.SchoolId, "school_id");
        var listed = (await plans.ListAsync(StaffCalls.CallerOf(context), school, context.CancellationToken)).OrThrow();
        return new ListPlansReply { Plans = { listed.Plans.Select(PlanMessages.Write) } };
    }

    public override async Task<WhatNeedsMeReply> WhatNeedsMe(WhatNeedsMeRequest request, ServerCallContext context)
    {
        var school = Fields.School(request.SchoolId, "school_id");
        var list = (await overview.WhatNeedsMeAsync(StaffCalls.CallerOf(context), school, context.CancellationToken)).OrThrow();
        return new WhatNeedsMeReply { Items = { list.Items.Select(OverviewMessages.Write) } };
    }

    public override Task<Plan> DraftPlan(DraftPlanRequest request, ServerCallContext context) => AnswerAsync(context, (caller, cancellation) =>
    {
        if (request.Steps.Count == 0) throw Fields.Malformed("steps", "one step or more are expected.");
        var plan = new NewPlan(
            new PlanId(Guid.NewGuid()),
            Fields.Pupil(request.PupilId, "pupil_id"),
            Fields.School(request.SchoolId, "school_id"),
            PlanMessages.ReadGoal(request.Goal, request.GoalPlace),
            Fields.Person(request.KeyAdultId, "key_adult_id"),
            Fields.Person(request.LeadId, "lead_id"),
            Fields.List(request.Steps, "steps", StaffLimits.MaxSteps, StepMessages.ReadNew));
        return plans.DraftAsync(caller, plan, Fields.Words(request.Why, "why"), PlanMessages.ReadSay(request.Say, "say"), cancellation);
    });

    public override Task<Plan> ChangeGoal(ChangeGoalRequest request, ServerCallContext context) => AnswerAsync(
        context, (caller, cancellation) => plans.ChangeGoalAsync(
            caller, PlanMessages.ReadHead(request.Change), PlanMessages.ReadGoal(request.Goal, request.GoalPlace), cancellation));

    public override Task<Plan> AddStep(AddStepRequest request, ServerCallContext context) => AnswerAsync(
        context, (caller, cancellation) => plans.AddStepAsync(
            caller, PlanMessages.ReadHead(request.Change), StepMessages.ReadNew(Fields.Message(request.Step, "step"), "step"), cancellation));

    public override Task<Plan> ChangeStep(ChangeStepRequest request, ServerCallContext context) => AnswerAsync(context, (caller, cancellation) =>
    {
        var step = Fields.Message(request.Step, "step");
        return plans.ChangeStepAsync(
            caller, PlanMessages.ReadHead(request.Change), StepMessages.Read(step, Fields.Step(step.StepId, "step.step_id"), "step"), cancellation);
    });

    public override Task<Plan> RemoveStep(RemoveStepRequest request, ServerCallContext context) => AnswerAsync(
        context, (caller, cancellation) => plans.RemoveStepAsync(
            caller, PlanMessages.ReadHead(request.Change), Fields.Step(request.StepId, "step_id"), cancellation));

    public override Task<Plan> StepUp(StepUpRequest request, ServerCallContext context) => AnswerAsync(context, (caller, cancellation) =>
    {
        var change = PlanMessages.ReadHead(request.Change);
        var move = new AgreedTo.Move(change.Plan, Fields.Step(request.FromStepId, "from_step_id"), Fields.Step(request.ToStepId, "to_step_id"));
        return plans.StepUpAsync(
            caller, change,
            AgreementMessages.ReadOptional(request.Pupil, AgreementCapacity.Pupil, move, "pupil"),
            AgreementMessages.ReadOptional(request.KeyAdult, AgreementCapacity.KeyAdult, move, "key_adult"), cancellation);
    });

    public override Task<Plan> StepDown(StepDownRequest request, ServerCallContext context) => AnswerAsync(
        context, (caller, cancellation) => plans.StepDownAsync(caller, PlanMessages.ReadHead(request.Change), cancellation));

    public override Task<Plan> ActivatePlan(ActivatePlanRequest request, ServerCallContext context) => AnswerAsync(
        context, (caller, cancellation) => plans.ActivateAsync(
            caller, PlanMessages.ReadHead(request.Change), Fields.OptionalDate(request.NextReviewOn, "next_review_on"), cancellation));

    public override Task<Plan> HoldReview(HoldReviewRequest request, ServerCallContext context) => AnswerAsync(
        context, (caller, cancellation) => plans.HoldReviewAsync(
            caller, PlanMessages.ReadHead(request.Change), PlanMessages.ReadReview(request), cancellation));

    public override Task<Plan> BringReviewForward(BringReviewForwardRequest request, ServerCallContext context) => AnswerAsync(
        context, (caller, cancellation) => plans.BringReviewForwardAsync(
            caller, PlanMessages.ReadHead(request.Change), Fields.Date(request.ReviewOn, "review_on"), cancellation));

    public override Task<Plan> ClosePlan(ClosePlanRequest request, ServerCallContext context) => AnswerAsync(
        context, (caller, cancellation) => plans.CloseAsync(caller, PlanMessages.ReadHead(request.Change), cancellation));

    public override async Task<NoteStepInPersonReply> NoteStepInPerson(NoteStepInPersonRequest request, ServerCallContext context)
    {
        var noted = new StepInPerson(
            new EngagementEntryId(Fields.Id(request.LineId, "line_id")),
            Fields.Step(request.StepId, "step_id"),
            Fields.Date(request.Date, "date").At(Fields.Time(request.Start, "start")),
            Fields.Number(request.Minutes, "minutes", lowest: 1, StaffLedger.MostMinutes),
            SessionMessages.ReadLocation(request.Location, "location") ?? throw Fields.NotChosen("location"),
            request.LeftEarly,
            Fields.Words(request.Note, "note"));
        var plan = Fields.Plan(request.PlanId, "plan_id");
        var entry = (await ledger.NoteInPersonAsync(StaffCalls.CallerOf(context), plan, noted, context.CancellationToken)).OrThrow();
        return new NoteStepInPersonReply { LineId = entry.Id.ToString() };
    }

    private static async Task<Plan> AnswerAsync(ServerCallContext context, Func<Caller, CancellationToken, Task<Outcome<ReadPlan>>> ask) =>
        PlanMessages.Write((await ask(StaffCalls.CallerOf(context), context.CancellationToken)).OrThrow());
}
