using AV1Relay.Application.Asking;
using AV1Relay.Application.People;
using AV1Relay.Application.Plans;
using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Refusals;
using AV1Relay.StaffConsole.Forms;
using AV1Relay.StaffConsole.Layout;
using AV1Relay.StaffConsole.SignIn;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;

namespace AV1Relay.StaffConsole.Pages.Plans;

/// <summary>A page about one plan: opens it for who asks, and after a change leads back to it.</summary>
public abstract class OnePlanPage : ComponentBase
{
    private OpenPlan? _open;
    private IReadOnlyList<Refusal> _refusals = [];

    [Parameter] public Guid Id { get; set; }

    [CascadingParameter] protected HttpContext Http { get; set; } = null!; // a page is rendered for a request

    /// <summary>Asks for confidential parts too, which takes a right of its own.</summary>
    [SupplyParameterFromQuery(Name = "confidential")] protected string? WithConfidential { get; set; }

    protected bool Confidential => Queried.Yes(WithConfidential);

    [Inject] protected StaffPlans Plans { get; set; } = null!; // given before anything runs

    [Inject] protected StaffPeople People { get; set; } = null!; // as above

    [Inject] protected NavigationManager Navigation { get; set; } = null!; // as above

    [Inject] private protected MyDesk Desk { get; set; } = null!; // as above

    protected FormErrors Errors { get; } = new();

    /// <summary>Null: it can't be shown, and <see cref="Refusals"/> say why.</summary>
    protected OpenPlan? Open => _open;

    protected IReadOnlyList<Refusal> Refusals => _refusals;

    /// <summary>What the pupil is called, as far as this person may know.</summary>
    protected string Pupil { get; private set; } = "a pupil";

    protected Caller Caller => WhoAsks.Of(Http.User);

    protected PlanId Plan => new(Id);

    protected string Back => Desk.Link($"/staff/plans/{Id}");

    protected override async Task OnInitializedAsync()
    {
        await Desk.PlacesAsync(Http);
        if (!(await Plans.OpenAsync(Caller, Plan, Confidential, Http.RequestAborted)).TryGet(out _open, out _refusals)) return;
        Pupil = await People.NameAsync(Caller, _open.Read.School, Plan, _open.Read.View.Pupil, Http.RequestAborted);
        await ReadMoreAsync(_open);
    }

    /// <summary>What else the page shows.</summary>
    protected virtual Task ReadMoreAsync(OpenPlan open) => Task.CompletedTask;

    /// <returns>Null: what was typed contradicts itself, and the errors say so.</returns>
    protected PlanChangeRequest? Change(TypedChange typed, string name = "Typed")
    {
        ArgumentNullException.ThrowIfNull(typed);
        var say = typed.Say?.Read($"{name}.Say", Errors);
        return Errors.Any ? null : new PlanChangeRequest(Plan, typed.Seen, typed.Why?.Trim() ?? "", say);
    }

    /// <summary>Goes back to the plan, which says what was kept; or says why nothing was.</summary>
    /// <param name="done">Names the form too, so that its draft is let go.</param>
    protected void Keep(Outcome<ReadPlan> outcome, string done, string name = "Typed", params IReadOnlyCollection<(string Code, string Field)> beside)
    {
        if (outcome.IsRefused) Errors.Add(outcome.Refusals, [("plan.pupil-not-heard", $"{name}.Say.Words"), ("text.reason-too-long", $"{name}.Why"), .. beside]);
        else Navigation.NavigateTo(Desk.Link($"/staff/plans/{Id}?done={done}")); // so that a reload sends nothing twice
    }
}
