using System.Collections.Frozen;
using System.Collections.Immutable;
using AV1Relay.Domain.Refusals;
using NodaTime;

namespace AV1Relay.Api.RobotLinks;

/// <summary>What stands, as of one look at the database; swapped whole.</summary>
/// <param name="Standing">In force or yet to be; of two with the same robot the later counts.</param>
/// <param name="Refused">Scheduled sessions that have begun and have no grant, with the reason.</param>
internal sealed record GrantSnapshot(ImmutableArray<StandingGrant> Standing, FrozenDictionary<string, Refusal> Refused)
{
    public static GrantSnapshot Nothing { get; } = new([], FrozenDictionary<string, Refusal>.Empty);

    public StandingGrant? Find(string session)
    {
        foreach (var grant in Standing)
        {
            if (grant.Session == session) return grant;
        }

        return null;
    }

    public StandingGrant? OfRobot(string robotName, Instant now)
    {
        for (var index = Standing.Length - 1; index >= 0; index--)
        {
            if (Standing[index].RobotName == robotName && Standing[index].Window.Contains(now)) return Standing[index];
        }

        return null;
    }

    /// <summary>A session goes on in this one with the same robot.</summary>
    public bool GoesOn(StandingGrant earlier) => Standing.Any(grant => grant.Session == earlier.Session && grant.RobotName == earlier.RobotName);

    /// <summary>Without what time has ended meanwhile, which needs no database to know.</summary>
    public GrantSnapshot At(Instant now) =>
        Standing.Any(grant => grant.Window.HasEnded(now)) ? this with { Standing = Standing.RemoveAll(grant => grant.Window.HasEnded(now)) } : this;
}
