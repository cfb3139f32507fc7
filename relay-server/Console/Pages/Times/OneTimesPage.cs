using System.Collections.Immutable;
using AV1Relay.Application.Asking;
using AV1Relay.Application.Times;
using AV1Relay.Domain.Calendar;
using AV1Relay.Domain.Refusals;
using AV1Relay.Domain.Sessions;
using AV1Relay.StaffConsole.Forms;
using AV1Relay.StaffConsole.Layout;
using AV1Relay.StaffConsole.SignIn;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using NodaTime;

namespace AV1Relay.StaffConsole.Pages.Times;

/// <summary>A page that changes one thing about the school's times: opens them for who asks, warns of what it touches, and leads back.</summary>
public abstract class OneTimesPage : ComponentBase
{
    private ReadSchoolTimes? _read;
    private IReadOnlyList<Refusal> _refusals = [];

    [CascadingParameter] protected HttpContext Http { get; set; } = null!; // a page is rendered for a request

    [Inject] protected StaffSchoolTimes Times { get; set; } = null!; // given before anything runs

    [Inject] protected NavigationManager Navigation { get; set; } = null!; // as above

    [Inject] private protected MyDesk Desk { get; set; } = null!; // as above

    protected FormErrors Errors { get; } = new();

    /// <summary>Null: they can't be changed by who asks, and <see cref="Refusals"/> say why.</summary>
    protected ReadSchoolTimes? Read => _read is { MayChange: true } ? _read : null;

    protected IReadOnlyList<Refusal> Refusals => _refusals;

    /// <summary>What the change that was sent would touch; null: nothing was sent, or it touches nothing.</summary>
    protected PreviewedTimes? Touched { get; private set; }

    protected Caller Caller => WhoAsks.Of(Http.User);

    protected override async Task OnInitializedAsync()
    {
        await Desk.PlacesAsync(Http);
        if (Desk.School is not { School: var school }) return;
        if ((await Times.ReadAsync(Caller, school, Http.RequestAborted)).TryGet(out _read, out _refusals) && !_read.MayChange)
            _refusals = NotYours.Because("You can look at the school times, and others change them.", "Ask the SENDCo or an administrator.");
    }

    /// <summary>Goes back to the times, which say what was changed; or says why nothing was.</summary>
    /// <param name="done">Names the form too, so that its draft is let go.</param>
    /// <param name="beside">The fields beside which some refusals stand.</param>
    protected async Task KeepAsync(TypedTimes typed, TimesChange change, string done, params IReadOnlyCollection<(string Code, string Field)> beside)
    {
        ArgumentNullException.ThrowIfNull(typed);
        if (Read is not { School: var school }) return;
        var request = new TimesChangeRequest(school, typed.Seen, typed.Why?.Trim() ?? "", typed.Knowingly ? IdsIn(typed.Hit) : []);
        var outcome = await Times.ChangeAsync(Caller, request, change, Http.RequestAborted);
        if (!outcome.IsRefused)
        {
            Navigation.NavigateTo(Desk.Link($"/staff/times?done={done}")); // so that a reload sends nothing twice
            return;
        }

        Errors.Add(outcome.Refusals, [("text.reason-too-long", "Typed.Why"), ("times.sessions-hit", "Typed.Knowingly"), .. beside]);
        if (outcome.Refusals.Any(refusal => refusal.Code == "times.sessions-hit")
            && (await Times.PreviewAsync(Caller, school, change, Http.RequestAborted)).TryGet(out var previewed, out _))
            Touched = previewed;
    }

    /// <summary>From the first to the last day of its terms: the year that is running, at most schools.</summary>
    protected static DateInterval Year(ReadSchoolTimes read)
    {
        ArgumentNullException.ThrowIfNull(read);
        var year = read.Times.Calendar.AcademicYearOf(read.Today);
        var terms = read.Times.Calendar.TermsOf(year).ToList();
        return terms.Count == 0 ? year.Dates : new DateInterval(terms[0].Dates.Start, terms[^1].Dates.End);
    }

    private static ImmutableHashSet<ScheduledSessionId> IdsIn(string? typed) =>
        [.. (typed ?? "").Split(',').Select(text => Guid.TryParse(text, out var id) ? new ScheduledSessionId(id) : (ScheduledSessionId?)null).OfType<ScheduledSessionId>()];
}
