using System.Collections.Immutable;
using System.Globalization;
using AV1Relay.Application.Asking;
using AV1Relay.Application.People;
using AV1Relay.Domain.Access;
using AV1Relay.Domain.Audit;
using AV1Relay.Domain.Evaluation;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Records;
using AV1Relay.Domain.Refusals;
using NodaTime;
using NodaTime.Text;

namespace AV1Relay.Application.Audit;

/// <summary>The record of who did what, looked through by those whom the domain lets. Looking is recorded too.</summary>
public sealed class StaffAudit
{
    /// <summary>Entries on a page.</summary>
    public const int PageSize = 50;

    /// <summary>Entries in a file: somebody who needs more asks for a shorter time.</summary>
    public const int MostExported = 10_000;

    private static readonly LocalDateTimePattern Written = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm:ss");

    private static readonly string[] Columns = ["number", "at", "who", "name", "what", "kind", "subject", "changed", "why"];

    private readonly Desk _desk;

    internal StaffAudit(Desk desk) => _desk = desk;

    /// <summary>By whom somebody can ask for entries: those who have or had a role at the school. And whether the whole authority is open to them.</summary>
    public Task<Outcome<AuditChoices>> ChoicesAsync(Caller caller, SchoolId school, CancellationToken cancellationToken) => _desk.PeekAsync<Outcome<AuditChoices>>(
        caller,
        async work =>
        {
            var assignments = await work.Assignments.OfPersonAsync(caller.Who, cancellationToken);
            if (!AccessPolicy.Check(assignments, Operation.SearchAudit, AccessSubject.OfSchool(school), _desk.Now).TryGet(out _, out var refusals))
                return Outcome.Refused<AuditChoices>(refusals);
            var everywhere = !AccessPolicy.Check(assignments, Operation.SearchAudit, AccessSubject.AtNoSchool, _desk.Now).IsRefused;
            return new AuditChoices(await work.KnownAsync(school, _ => true, _desk.Now, cancellationToken), everywhere);
        },
        cancellationToken);

    /// <summary>By that school's clocks.</summary>
    public Task<LocalDate> TodayAsync(Caller caller, SchoolId school, CancellationToken cancellationToken) =>
        _desk.PeekAsync(caller, work => work.TodayAsync(school, _desk.Now, cancellationToken), cancellationToken);

    /// <summary>One page.</summary>
    /// <param name="before">The number of the last entry on the page before; null: the newest.</param>
    public async Task<Outcome<FoundAudit>> SearchAsync(Caller caller, AuditSearch search, long? before, CancellationToken cancellationToken) =>
        await FindAsync(caller, search, before, PageSize, cancellationToken);

    /// <summary>What is found, the newest first, as comma-separated values (RFC 4180) without line ends: at most <see cref="MostExported"/> entries.</summary>
    public async Task<Outcome<ExportedAudit>> ExportAsync(Caller caller, AuditSearch search, CancellationToken cancellationToken) =>
        (await FindAsync(caller, search, null, MostExported, cancellationToken)).TryGet(out var found, out var refusals)
            ? new ExportedAudit(Csv.Lines(Columns, found.Entries, Fields))
            : Outcome.Refused<ExportedAudit>(refusals);

    private async Task<Outcome<FoundAudit>> FindAsync(Caller caller, AuditSearch search, long? before, int limit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(search);
        if (search.To < search.From)
            return new Refusal("audit.no-time", "The last day is before the first one.", "Choose a last day that is the same or later.");
        // Asked for, and noted, before anything is looked for: a search of a whole county takes a while.
        var about = search.Everywhere ? AccessSubject.AtNoSchool : AccessSubject.OfSchool(search.School);
        var looked = await _desk.LookAsync(
            caller, Operation.SearchAudit,
            async work => await work.Schools.FindAsync(search.School, cancellationToken) is { Value: var school }
                ? new Asked<SchoolCard>(school, about, search.Everywhere ? "audit" : $"school {search.School}")
                : null,
            cancellationToken);
        return looked.TryGet(out var shown, out var refusals)
            ? await _desk.PeekAsync(caller, work => FindAsync(work, search, shown.Value.Zone(), shown.Permission, before, limit, cancellationToken), cancellationToken)
            : Outcome.Refused<FoundAudit>(refusals);
    }

    private async Task<FoundAudit> FindAsync(
        IWork work, AuditSearch search, DateTimeZone zone, Permission permission, long? before, int limit, CancellationToken cancellationToken)
    {
        var question = new AuditQuestion(
            zone.AtStartOfDay(search.From).ToInstant(), zone.AtStartOfDay(search.To.PlusDays(1)).ToInstant(), search.Who is { } who ? $"person {who}" : null,
            await SubjectsAsync(work, search, zone, cancellationToken), search.Kind is { } kind ? AuditKinds.Of(kind) : null, AuditReading.Hidden(permission));
        var found = await work.Audit.SearchAsync(question, before, limit + 1, cancellationToken);
        var shown = found.Take(limit).ToList();
        var people = await work.PersonCards.FindAllAsync([.. shown.Select(entry => PersonIn(entry.Entry.Who)).OfType<PersonId>().Distinct()], cancellationToken);
        var names = people.ToDictionary(kept => kept.Value.Id, kept => kept.Value.PreferredName);
        var links = await RoomLinksAsync(work, shown.Select(entry => PersonIn(entry.Entry.Who)).OfType<PersonId>().Distinct().Where(who => !names.ContainsKey(who)), cancellationToken);
        return new FoundAudit(
            [
                .. shown.Select(entry => new FoundEntry(
                    entry.Number, entry.Entry.At.InZone(zone).LocalDateTime, entry.Entry,
                    PersonIn(entry.Entry.Who) is { } person ? names.GetValueOrDefault(person) : null,
                    AuditKinds.Find(entry.Entry.What)?.Kind, AuditReading.DetailOf(entry.Entry, permission))
                {
                    RoomLink = PersonIn(entry.Entry.Who) is { } holder && links.TryGetValue(holder, out var link) ? link : null,
                }),
            ],
            found.Count > limit);
    }

    /// <summary>Of those without a card, the ones that are no persons: a room link is held by nobody in particular.</summary>
    private static async Task<Dictionary<PersonId, AssignmentId>> RoomLinksAsync(IWork work, IEnumerable<PersonId> nameless, CancellationToken cancellationToken)
    {
        var links = new Dictionary<PersonId, AssignmentId>();
        foreach (var who in nameless)
        {
            if (await work.Assignments.OfPersonAsync(who, cancellationToken) is [{ Scope: AccessScope.RoomOnDay } link]) links[who] = link.Id;
        }

        return links;
    }

    /// <summary>Null: of whatever.</summary>
    private async Task<IReadOnlyCollection<string>?> SubjectsAsync(IWork work, AuditSearch search, DateTimeZone zone, CancellationToken cancellationToken)
    {
        var about = search.About is { } id ? await AuditSubjects.AboutAsync(work, id, cancellationToken) : null;
        if (search.Everywhere) return about;
        var ofSchool = await AuditSubjects.OfSchoolAsync(work, search.School, _desk.Now.InZone(zone).Date, cancellationToken);
        if (about is not null) ofSchool.IntersectWith(about);
        return ofSchool;
    }

    private static PersonId? PersonIn(string who) =>
        who.Split(' ') is ["person", var id] && Guid.TryParse(id, out var person) ? new PersonId(person) : null;

    private static CsvField[] Fields(FoundEntry found) =>
    [
        CsvField.Number(found.Number), CsvField.Text(Written.Format(found.At)), CsvField.Text(found.Entry.Who), CsvField.Text(found.Name?.Text ?? (found.RoomLink is { } link ? $"room link {link}" : "")),
        CsvField.Text(found.Entry.What), CsvField.Text(found.Kind is { } kind ? AuditKinds.NameOf(kind) : ""), CsvField.Text(found.Entry.Subject),
        CsvField.Text(found.Detail is { } detail
            ? detail.Words + string.Join("; ", detail.Values.Select(value => string.Create(CultureInfo.InvariantCulture, $"{value.Name}: {value.Before} → {value.After}")))
            : "left out"),
        CsvField.Text(found.Detail?.Why ?? ""),
    ];
}

/// <param name="Everywhere">Whether the whole authority is open to who asks.</param>
public sealed record AuditChoices(ImmutableArray<KnownPerson> People, bool Everywhere)
{
    public override string ToString() => nameof(AuditChoices);
}

/// <summary>What somebody looks for. What is null asks for nothing.</summary>
/// <param name="School">Whose wall clock counts; and unless it is everywhere, of which school.</param>
/// <param name="Everywhere">In the whole authority, what belongs to no school too.</param>
/// <param name="From">The first day.</param>
/// <param name="To">The last day.</param>
/// <param name="Who">Who did it.</param>
/// <param name="About">The id of a pupil, a plan, a session or a person.</param>
public sealed record AuditSearch(SchoolId School, bool Everywhere, LocalDate From, LocalDate To, PersonId? Who, Guid? About, AuditKind? Kind);

/// <param name="Entries">The newest first.</param>
/// <param name="HasMore">Whether there are older ones.</param>
public sealed record FoundAudit(ImmutableArray<FoundEntry> Entries, bool HasMore)
{
    public override string ToString() => nameof(FoundAudit);
}

/// <param name="At">Wall time at the school.</param>
/// <param name="Name">Of the person who did it; null where no card says, or no person did it.</param>
/// <param name="Kind">Null: none is told.</param>
/// <param name="Detail">Null: it is of a pupil's records, and left out for who looks.</param>
public sealed record FoundEntry(long Number, LocalDateTime At, AuditEntry Entry, PersonalText? Name, AuditKind? Kind, AuditDetail? Detail)
{
    /// <summary>The room link that it was done by; null: it was done otherwise.</summary>
    public AssignmentId? RoomLink { get; init; }

    public override string ToString() => $"entry {Number}";
}

/// <param name="Lines">One is held at a time.</param>
public sealed record ExportedAudit(IEnumerable<string> Lines)
{
    public override string ToString() => nameof(ExportedAudit);
}
