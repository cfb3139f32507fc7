using AV1Relay.Application.Asking;
using AV1Relay.Application.People;
using AV1Relay.Application.Reminders;
using AV1Relay.Domain.Audit;
using AV1Relay.Domain.Reminders;
using AV1Relay.StaffConsole.Calendars;
using AV1Relay.Storage.Accounts;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace AV1Relay.StaffConsole.Reminders;

/// <summary>Goes once through everybody who has asked for reminders, and sends those that are due.</summary>
/// <remarks>
/// Before a mail is handed over it is written down that it will be, where nobody else has written meanwhile: a relay that is killed in between, or
/// a second one on the same database, sends none twice.
/// </remarks>
internal sealed partial class ReminderRound(
    IMailDelivery delivery, ReminderNotes notes, StaffReminders reminders, StaffPeople people, ReminderKeys keys, IAuditLog audit, ReminderMetrics metrics, TimeProvider time,
    ILogger<ReminderRound> logger)
{
    /// <summary>Mail servers take so many from one customer; the next round goes on with the others.</summary>
    public const int MostMails = 400;

    private const int PageSize = 200;

    /// <exception cref="MailUnavailableException">The mail server can't be used; nobody's evening is used up by that.</exception>
    public async Task<RoundCounts> RunAsync(CancellationToken cancellationToken)
    {
        var counts = new RoundCounts();
        if (!await reminders.IsEveningSomewhereAsync(cancellationToken)) return counts;
        IMailConnection? connection = null;
        try
        {
            KeptReminders? last = null;
            while (true)
            {
                var page = await notes.ListAsync(last?.Who, PageSize, cancellationToken);
                foreach (var one in page)
                {
                    if (await MailForAsync(one, counts, cancellationToken) is not var (mail, evening)) continue;
                    if (counts.Tried >= MostMails) return counts;
                    if (connection is { IsBroken: true })
                    {
                        await connection.DisposeAsync();
                        connection = null;
                    }

                    connection ??= await delivery.ConnectAsync(cancellationToken);
                    await SendAsync(one, mail, evening, connection, counts, cancellationToken);
                }

                if (page.Count < PageSize) return counts;
                last = page[^1];
            }
        }
        finally
        {
            if (connection is not null) await connection.DisposeAsync();
            await NoteAsync(counts);
        }
    }

    /// <returns>Null: nothing is due to them.</returns>
    private async Task<(OutgoingMail Mail, LocalDate Evening)?> MailForAsync(KeptReminders one, RoundCounts counts, CancellationToken cancellationToken)
    {
        var caller = new Caller(one.Who);
        try
        {
            switch (await reminders.DecideAsync(caller, one.Choice, one.Last, cancellationToken))
            {
                case ReminderDecision.Ended:
                    await audit.AppendAsync(new AuditEntry(Now, "relay", AuditSlugs.RemindersStopped.Value, caller.ToString(), "their roles have ended"), cancellationToken);
                    await notes.EndAsync(one.Who, cancellationToken);
                    return null;
                case ReminderDecision.Nothing(var evening):
                    await notes.MarkAsync(one, one.Last.Nothing(evening), cancellationToken);
                    return null;
                case ReminderDecision.Tell(var reminder):
                    if (await keys.LinksAsync(one.Who, cancellationToken) is not { } links) return null;
                    var named = reminder.Sessions.Where(reminded => reminded.WithName).Select(reminded => reminded.Session.Booked);
                    var names = await SessionNames.FindAsync(named, caller, people, cancellationToken);
                    return (ReminderText.Write(reminder, one.Email, names.Of, links), reminder.Evening);
                default:
                    return null;
            }
        }
#pragma warning disable CA1031 // what is wrong with one person's records stops nobody else's reminder
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            counts.Undecided++;
            LogUndecided(failure);
            return null;
        }
    }

    private async Task SendAsync(KeptReminders one, OutgoingMail mail, LocalDate evening, IMailConnection connection, RoundCounts counts, CancellationToken cancellationToken)
    {
        if (await notes.MarkAsync(one, one.Last.Begin(evening), cancellationToken) is not { } begun) return; // another relay's, or stopped just now
        var reply = await connection.SendAsync(mail, cancellationToken);
        counts.Count(reply.Outcome);
        metrics.Counted(reply.Outcome);
        if (reply.Outcome is MailOutcome.MailRefused) LogMailRefused(reply.Code);
        await notes.MarkAsync(begun, begun.Last.After(reply.Outcome, Now), CancellationToken.None); // it has happened, even if the relay ends now
    }

    private async Task NoteAsync(RoundCounts counts)
    {
        if (counts.Tried == 0) return;
        LogDone(counts.Sent, counts.Waiting, counts.Refused, counts.Unknown);
        await audit.AppendAsync(new AuditEntry(Now, "relay", AuditSlugs.RemindersSent.Value, "reminders", counts.ToString()), CancellationToken.None);
    }

    private Instant Now => Instant.FromDateTimeOffset(time.GetUtcNow());

    [LoggerMessage(Level = LogLevel.Information, Message = "Reminders: {Sent} sent, {Waiting} to be tried again, {Refused} refused, {Unknown} broken off.")]
    private partial void LogDone(int sent, int waiting, int refused, int unknown);

    [LoggerMessage(Level = LogLevel.Error, Message = "A mail server takes no reminders from this relay (it says {Code}). Look at --smtp-from and at what the server lets this relay send.")]
    private partial void LogMailRefused(int code);

    [LoggerMessage(Level = LogLevel.Error, Message = "Whether somebody is due a reminder could not be found out; the others go on.")]
    private partial void LogUndecided(Exception failure);
}

/// <summary>What became of a round's mails.</summary>
internal sealed class RoundCounts
{
    public int Sent { get; private set; }

    public int Waiting { get; private set; }

    public int Refused { get; private set; }

    public int Unknown { get; private set; }

    public int Undecided { get; set; }

    public int Tried => Sent + Waiting + Refused + Unknown;

    public void Count(MailOutcome outcome)
    {
        switch (outcome)
        {
            case MailOutcome.Taken: Sent++; break;
            case MailOutcome.TryLater: Waiting++; break;
            case MailOutcome.Unknown: Unknown++; break;
            default: Refused++; break;
        }
    }

    public override string ToString() => $"{Sent} sent, {Waiting} to be tried again, {Refused} refused, {Unknown} broken off";
}
