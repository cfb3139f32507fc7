using AV1Relay.Application.Audit;
using AV1Relay.Domain.Audit;
using AV1Relay.Domain.People;
using AV1Relay.StaffConsole.Forms;
using Microsoft.AspNetCore.Http;
using NodaTime;

namespace AV1Relay.StaffConsole.Pages.Audit;

/// <summary>What the address of the page, or of its file, asks for.</summary>
internal static class AuditQuery
{
    private const int DaysAtFirst = 30;

    /// <returns>Where something can't be read, the errors say so, and the search is of the last days.</returns>
    /// <param name="today">By the school's clocks: up to it is searched where nothing else is asked for.</param>
    public static AuditSearch Read(IQueryCollection query, SchoolId school, LocalDate today, FormErrors errors)
    {
        var from = string.IsNullOrEmpty(query["from"]) ? today.PlusDays(-DaysAtFirst) : errors.RequireDate("from", query["from"], "Enter the first day.");
        var to = string.IsNullOrEmpty(query["to"]) ? today : errors.RequireDate("to", query["to"], "Enter the last day.");
        Guid? about = null;
        if (!string.IsNullOrWhiteSpace(query["about"]))
        {
            if (Guid.TryParse(query["about"], out var id)) about = id;
            else errors.Add("about", "That is no id. Take it from the list, or leave it empty.");
        }

        if (about is null && Guid.TryParse(query["pupil"], out var pupil)) about = pupil;
        return new AuditSearch(
            school, Queried.Yes(query["everywhere"]), from ?? today, to ?? today, Guid.TryParse(query["who"], out var who) ? new PersonId(who) : null, about,
            Enum.TryParse<AuditKind>(query["kind"], out var kind) && Enum.IsDefined(kind) ? kind : null);
    }
}
