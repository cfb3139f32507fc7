using AV1Relay.Application.People;
using AV1Relay.Domain.Access;
using AV1Relay.StaffConsole.SignIn;
using Microsoft.AspNetCore.Http;

namespace AV1Relay.StaffConsole.Layout;

/// <summary>Who asks and which of their schools they look at: for the whole of one request.</summary>
internal sealed class MyDesk(StaffPeople people, StaffPlaces places)
{
    private Task<MyPlaces?>? _asked;

    /// <summary>That of the plan, session or pupil which the page is about, else the one in the address, else the first of theirs; null where they have none, or nobody is signed in.</summary>
    public MyPlace? School { get; private set; }

    /// <returns>Null: nobody is signed in.</returns>
    public Task<MyPlaces?> PlacesAsync(HttpContext http) => _asked ??= AskAsync(http);

    /// <summary>Whether a link to it is worth showing: some role of theirs here is meant for it. Whether they may, is asked when they come.</summary>
    public bool Offers(Operation operation) => School?.IsFor(operation) is true;

    /// <summary>An address at the same school.</summary>
    public string Link(string page) =>
        School is { } school ? $"{page}{(page.Contains('?', StringComparison.Ordinal) ? '&' : '?')}school={school.School}" : page;

    private async Task<MyPlaces?> AskAsync(HttpContext http)
    {
        if (WhoAsks.Find(http.User) is not { } caller) return null;
        var mine = await people.MineAsync(caller, http.RequestAborted);
        var its = mine.Schools.Length > 1 ? await places.SchoolOfAsync(caller, http) : null;
        School = mine.Schools.FirstOrDefault(place => place.School == its)
            ?? (Guid.TryParse(http.Request.Query["school"], out var asked) ? mine.Schools.FirstOrDefault(place => place.School.Value == asked) : null)
            ?? mine.Schools.FirstOrDefault();
        return mine;
    }
}
