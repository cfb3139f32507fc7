using AV1Relay.Application.Asking;
using AV1Relay.Application.Settings;
using AV1Relay.Domain.Access;
using AV1Relay.Domain.Refusals;
using AV1Relay.StaffConsole.Forms;
using AV1Relay.StaffConsole.Layout;
using AV1Relay.StaffConsole.SignIn;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;

namespace AV1Relay.StaffConsole.Pages.Settings;

/// <summary>A page about settings: reads them for who asks, and after a change leads back to all of them.</summary>
public abstract class SettingsOfPage : ComponentBase
{
    private ReadSettings? _read;
    private IReadOnlyList<Refusal> _refusals = [];

    [CascadingParameter] protected HttpContext Http { get; set; } = null!; // a page is rendered for a request

    [Inject] protected StaffSettings Settings { get; set; } = null!; // given before anything runs

    [Inject] protected NavigationManager Navigation { get; set; } = null!; // as above

    [Inject] private protected MyDesk Desk { get; set; } = null!; // as above

    protected FormErrors Errors { get; } = new();

    /// <summary>Null: it can't be shown, and <see cref="Refusals"/> say why.</summary>
    protected ReadSettings? Read => _read;

    protected IReadOnlyList<Refusal> Refusals => _refusals;

    protected Caller Caller => WhoAsks.Of(Http.User);

    protected string Back => Desk.Link("/staff/settings");

    /// <summary>What the page takes beyond reading the settings; null: nothing.</summary>
    protected virtual Operation? Needs => null;

    protected override async Task OnInitializedAsync()
    {
        await Desk.PlacesAsync(Http);
        if (Desk.School is not { School: var school } || !(await Settings.ReadAsync(Caller, school, Http.RequestAborted)).TryGet(out _read, out _refusals)) return;
        if (Needs is { } operation && !_read.May.Contains(operation))
            (_read, _refusals) = (null, NotYours.Because("Your role reads the settings and does not do this.", "Ask your administrator; for the authority's own, one of the whole authority."));
    }

    /// <param name="done">Names the form too, so that its draft is let go.</param>
    protected void Keep<T>(Outcome<T> outcome, string done, params IReadOnlyCollection<(string Code, string Field)> beside)
        where T : class
    {
        if (outcome.IsRefused) Errors.Add(outcome.Refusals, [("settings.why-missing", "Typed.Why"), .. beside]);
        else Navigation.NavigateTo(Desk.Link($"/staff/settings?done={done}")); // so that a reload sends nothing twice
    }
}
