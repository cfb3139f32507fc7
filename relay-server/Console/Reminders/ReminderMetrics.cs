using System.Diagnostics.Metrics;
using AV1Relay.Domain.Reminders;

namespace AV1Relay.StaffConsole.Reminders;

/// <summary>How many reminders were sent, and what became of the others; of nobody in particular.</summary>
internal sealed class ReminderMetrics
{
    private readonly Counter<long> _mails;

    public ReminderMetrics(IMeterFactory meters) => _mails = meters.Create("AV1Relay.Console").CreateCounter<long>("reminders", "{mail}", "Reminders by outcome");

    public void Counted(MailOutcome outcome) => _mails.Add(1, new KeyValuePair<string, object?>("outcome", outcome switch
    {
        MailOutcome.Taken => "sent",
        MailOutcome.TryLater => "try_later",
        MailOutcome.AddressRefused => "address_refused",
        MailOutcome.MailRefused => "mail_refused",
        _ => "unknown",
    }));
}
