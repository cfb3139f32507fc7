using AV1Relay.Api.Clock;
using AV1Relay.Api.RobotLinks;
using AV1Relay.Api.Tokens;
using AV1Relay.Domain.Audit;
using AV1Relay.Domain.Joining;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Records;
using AV1Relay.Domain.Sessions;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AV1Relay.Api.Join;

/// <summary>The way into a technician's session, which is on no calendar.</summary>
internal sealed class AdHocEntry(IRecords records, ITokenIssuer tokens, RelayEndpoints endpoints, RelayClock clock, ILogger<AdHocEntry> logger)
{
    /// <summary>Lets in whoever has the code.</summary>
    /// <remarks>The code is used up together with its audit entry, or not at all: a relay that dies meanwhile leaves a code that still works.</remarks>
    /// <exception cref="InvalidOperationException">The work can't be kept: nothing in it can be changed by others meanwhile.</exception>
    public async Task<IResult> EnterAsync(StoredJoinCode code, HttpContext context, CancellationToken cancellationToken)
    {
        var end = code.SessionEndsAt.ToDateTimeOffset();
        var capabilities = CapabilitySet.Everything; // an ad-hoc session has every one
        var device = PupilDevices.Find(context);
        var token = tokens.Issue(new SessionToken(
            code.Session, SessionRole.Pupil, StandingGrant.IdentityOf(device.Id), null, capabilities, clock.WallOffset, end, IsAdHoc: true, RobotName: null));

        var now = clock.Wall;
        await using (var work = await records.BeginAsync(RelayItself.Who, now, [Claim.OnAdHoc(code.Session)], cancellationToken))
        {
            if (!await work.Codes.TryUseAsync(code.Code, now, cancellationToken)) return JoinProblems.CodeOver();
            work.Record(new AuditEntry(now, "link", "session.joined", code.Session, $"pupil's token {token.Id}"));
            if (await work.CommitAsync(cancellationToken) is { } conflict) throw new InvalidOperationException(conflict.Reason);
        }

        PupilDevices.Remember(context, endpoints.Current.PageUrl, PupilDevices.AdHocFor);
        JoinLog.Joined(logger, code.Session);
        return TypedResults.Ok(new JoinReply(code.Session, token.Value, end, capabilities.ToNames(), $"/whep/{code.Session}"));
    }
}
