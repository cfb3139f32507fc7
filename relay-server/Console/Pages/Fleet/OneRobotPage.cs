using AV1Relay.Application.Asking;
using AV1Relay.Application.Fleet;
using AV1Relay.Domain.Refusals;
using AV1Relay.StaffConsole.Forms;
using AV1Relay.StaffConsole.Layout;
using AV1Relay.StaffConsole.SignIn;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;

namespace AV1Relay.StaffConsole.Pages.Fleet;

/// <summary>A page about one robot of the school that is looked at.</summary>
public abstract class OneRobotPage : ComponentBase
{
    private IReadOnlyList<Refusal> _refusals = [];

    [Parameter] public string Name { get; set; } = "";

    [SupplyParameterFromForm] public long Seen { get; set; }

    [CascadingParameter] protected HttpContext Http { get; set; } = null!; // a page is rendered for a request

    [Inject] protected FleetNow Fleet { get; set; } = null!; // given before anything runs

    [Inject] protected StaffFleet Robots { get; set; } = null!; // as above

    [Inject] protected NavigationManager Navigation { get; set; } = null!; // as above

    [Inject] private protected MyDesk Desk { get; set; } = null!; // as above

    protected FormErrors Errors { get; } = new();

    /// <summary>Null: it can't be shown, and <see cref="Refusals"/> say why.</summary>
    protected RobotAtHand? Robot { get; private set; }

    protected IReadOnlyList<Refusal> Refusals => _refusals;

    protected Caller Caller => WhoAsks.Of(Http.User);

    /// <summary>The robot's own page.</summary>
    protected string Here => $"/staff/fleet/{Uri.EscapeDataString(Name)}";

    protected override async Task OnInitializedAsync()
    {
        await Desk.PlacesAsync(Http);
        if (Desk.School is not { School: var school }) return;
        if (!(await Fleet.ListAsync(Caller, school, Http.RequestAborted)).TryGet(out var fleet, out _refusals)) return;
        Robot = fleet.Robots.FirstOrDefault(robot => robot.Read.Robot.Name == Name);
        if (Robot is null) _refusals = [new("robot.not-here", "There is no such robot at this school.", "Choose one from the list of robots.")];
    }
}
