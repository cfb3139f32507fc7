using AV1Relay.Application.Asking;
using AV1Relay.Domain.Audit;
using AV1Relay.Domain.Booking;
using AV1Relay.Domain.Grants;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Records;
using AV1Relay.Domain.Refusals;
using AV1Relay.Domain.Sessions;
using NodaTime;

namespace AV1Relay.Application.Running;

// How a pupil comes in.
public sealed partial class RunningSessions
{
    /// <summary>Whether <see cref="JoinAsync"/> would let this device in now. Nothing is kept: a code is not used up by a pupil who is early.</summary>
    public async Task<Outcome<GrantedSession>> MayJoinAsync(ScheduledSessionId id, string device, Instant now, CancellationToken cancellationToken)
    {
        await using var work = await ReadAsync(now, cancellationToken);
        if (await work.Sessions.FindAsync(id, cancellationToken) is not { } kept) return RunningRefusals.NoSuchSession;
        return (await LetInAsync(work, kept.Value, device, now, cancellationToken)).TryGet(out var entry, out var refusals)
            ? entry.Granted
            : Outcome.Refused<GrantedSession>(refusals);
    }

    /// <summary>The pupil comes in, with a device that is theirs from now on. One that came in before gives way.</summary>
    /// <returns>What they are granted, under its number; refusals are worded for a pupil.</returns>
    public async Task<Outcome<GrantedSession>> JoinAsync(ScheduledSessionId id, string device, Instant now, CancellationToken cancellationToken)
    {
        GrantedSession? granted = null;
        var outcome = await ChangeAsync(
            id, now,
            async (work, session) =>
            {
                if (!(await LetInAsync(work, session, device, now, cancellationToken)).TryGet(out var entry, out var refusals))
                    return Outcome.Refused<ScheduledSession>(refusals);
                granted = entry.Granted;
                Keep(work, entry, now);
                var what = session.State == SessionState.Live ? AuditSlugs.SessionRejoined : AuditSlugs.SessionJoined;
                work.Record(RunningAudit.Entry(RunningAudit.Link, what, session, entry.Session, now));
                return entry.Session;
            },
            cancellationToken);
        if (outcome.IsRefused || granted is null) return Outcome.Refused<GrantedSession>(outcome.Refusals);
        return granted with { Grant = granted.Grant with { FencingNumber = await numbers.NumberAsync(granted.Grant, now, cancellationToken) } };
    }

    private static async Task<Outcome<Entry>> LetInAsync(
        IWork work, ScheduledSession session, string deviceId, Instant now, CancellationToken cancellationToken)
    {
        var known = await work.Devices.FindAsync(deviceId, cancellationToken);
        if (!PupilDevice.Bind(known?.Value, deviceId, session.Booked.Pupil, new Act(RelayItself.Who, now)).TryGet(out var device, out var refusals)
            || !session.Join(deviceId, now).TryGet(out var joined, out refusals)
            || !(await DecideAsync(work, joined, device, await work.SettingsAsync(cancellationToken), now, cancellationToken)).TryGet(out var granted, out refusals))
        {
            return Outcome.Refused<Entry>(refusals);
        }

        return new Entry(joined, known, device, granted);
    }

    private static void Keep(IWork work, Entry entry, Instant now)
    {
        if (entry.Known is { } known && ReferenceEquals(known.Value, entry.Device)) return;
        if (entry.Known is null) work.Devices.Add(entry.Device);
        else work.Devices.Replace(entry.Known, entry.Device);
        var bound = new AuditChange(
            AuditSlugs.DeviceBound, $"device {entry.Device.Id}", new Act(RelayItself.Who, now), AuditedValue.Written("pupil", null, entry.Device.Pupil.ToString()));
        work.Record(bound.ToEntry() with { Who = RunningAudit.Link });
    }

    private sealed record Entry(ScheduledSession Session, Kept<PupilDevice>? Known, PupilDevice Device, GrantedSession Granted);
}
