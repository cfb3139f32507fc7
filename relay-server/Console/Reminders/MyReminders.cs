using System.Collections.Immutable;
using AV1Relay.Application.Asking;
using AV1Relay.Application.Reminders;
using AV1Relay.Domain.Audit;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Refusals;
using AV1Relay.Domain.Reminders;
using AV1Relay.Storage.Accounts;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace AV1Relay.StaffConsole.Reminders;

/// <summary>Somebody's own reminders, as they choose and stop them.</summary>
/// <remarks>Always true: nothing goes to an address but a code, until its holder has typed that code here.</remarks>
internal sealed partial class MyReminders(
    UserManager<Account> accounts, ReminderNotes notes, StaffReminders reminders, IAuditLog audit, TimeProvider time, ILogger<MyReminders> logger, IMailDelivery? delivery = null)
{
    private const string Purpose = "reminders";
    private const int MostCodes = 5; // in a day: who asks for them is signed in, and only their own address gets them
    private const int MostWrong = 5;
    private static readonly Duration CodesCountFor = Duration.FromDays(1);
    private static readonly Duration CodeLasts = Duration.FromMinutes(9); // Identity's own, at the least

    public async Task<MyReminderChoice> ReadAsync(Caller caller, CancellationToken cancellationToken)
    {
        var account = await AccountAsync(caller);
        var codes = await notes.FindCodesAsync(caller.Who, cancellationToken);
        return new MyReminderChoice(
            delivery is not null, await reminders.OffersAsync(caller, cancellationToken), account.Email ?? "", account.EmailConfirmed,
            codes.Sent is [.., var last] && Now - last < CodeLasts, await notes.FindAsync(caller.Who, cancellationToken));
    }

    /// <returns>Null: it is on its way.</returns>
    public async Task<Refusal?> SendCodeAsync(Caller caller, CancellationToken cancellationToken)
    {
        if (delivery is null) return NotSetUp;
        var account = await AccountAsync(caller);
        if (account.Email is not { } address) return NoAddress;
        var seen = await notes.FindCodesAsync(caller.Who, cancellationToken);
        ImmutableArray<Instant> recent = [.. seen.Sent.Where(sent => Now - sent < CodesCountFor)];
        if (recent.Length >= MostCodes) return TooManyCodes;
        if (!await notes.NoteCodesAsync(caller.Who, seen, new CodeTries([.. recent, Now], Wrong: 0), cancellationToken)) return null; // sent from another window
        try
        {
            await using var connection = await delivery.ConnectAsync(cancellationToken);
            var code = await accounts.GenerateUserTokenAsync(account, TokenOptions.DefaultEmailProvider, Purpose);
            var reply = await connection.SendAsync(ReminderText.Write(code, address), cancellationToken);
            return reply.Outcome switch
            {
                MailOutcome.Taken => null,
                MailOutcome.AddressRefused => AddressRefused,
                _ => NotNow,
            };
        }
        catch (MailUnavailableException failure)
        {
            LogUnavailable(failure.Message);
            return NotNow;
        }
    }

    /// <returns>Null: the address is known to be theirs from now on.</returns>
    public async Task<Refusal?> ConfirmAsync(Caller caller, string code, CancellationToken cancellationToken)
    {
        var account = await AccountAsync(caller);
        var seen = await notes.FindCodesAsync(caller.Who, cancellationToken);
        if (seen.Sent.Count == 0 || seen.Wrong >= MostWrong) return NoCode;
        // Counted before it is looked at: tries that are sent at once count as well.
        if (!await notes.NoteCodesAsync(caller.Who, seen, seen with { Wrong = seen.Wrong + 1 }, cancellationToken)) return WrongCode;
        if (!await accounts.VerifyUserTokenAsync(account, TokenOptions.DefaultEmailProvider, Purpose, code.Replace(" ", "", StringComparison.Ordinal))) return WrongCode;
        account.EmailConfirmed = true;
        return (await accounts.UpdateAsync(account)).Succeeded ? null : NoCode;
    }

    /// <returns>Null: it is kept.</returns>
    public async Task<Refusal?> KeepAsync(Caller caller, ReminderChoice choice, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(choice);
        if (!choice.IsAnything)
        {
            await StopAsync(caller.Who, cancellationToken);
            return null;
        }

        if (!(await AccountAsync(caller)).EmailConfirmed) return NoCode;
        if (!(await reminders.OffersAsync(caller, cancellationToken)).IsAnything) return NothingOffered;
        await NoteAsync(AuditSlugs.RemindersChosen, caller.Who, cancellationToken);
        await notes.KeepAsync(caller.Who, choice, cancellationToken);
        return null;
    }

    /// <summary>From the page, or with the link in a mail. Stopping twice is stopping.</summary>
    public async Task StopAsync(PersonId who, CancellationToken cancellationToken)
    {
        if (await notes.EndAsync(who, cancellationToken)) await NoteAsync(AuditSlugs.RemindersStopped, who, cancellationToken);
    }

    private Instant Now => Instant.FromDateTimeOffset(time.GetUtcNow());

    private async Task<Account> AccountAsync(Caller caller) =>
        await accounts.FindByIdAsync(caller.Who.ToString()) ?? throw new InvalidOperationException("Who is signed in has an account.");

    private Task NoteAsync(AuditSlug what, PersonId who, CancellationToken cancellationToken) =>
        audit.AppendAsync(new AuditChange(what, $"person {who}", new Act(who, Now)).ToEntry(), cancellationToken);

    private static readonly Refusal NotSetUp = new(
        "reminders.not-set-up", "Reminders by e-mail are not set up here.", "Whoever runs the relay for your school or authority can set them up.");

    private static readonly Refusal NoAddress = new("reminders.no-address", "Your account has no e-mail address.", "Ask your school's administrator.");
    private static readonly Refusal NothingOffered = new("reminders.nothing", "In your roles there is nothing to be reminded of.", "Ask your school's administrator, if that is not right.");
    private static readonly Refusal TooManyCodes = new("reminders.too-many-codes", "Several codes have been sent to your address today.", "Look in your mail, also among the unwanted, or try again tomorrow.");
    private static readonly Refusal AddressRefused = new("reminders.address-refused", "That address takes no mail.", "Ask your school's administrator whether it is written correctly.");
    private static readonly Refusal NotNow = new("reminders.not-now", "The mail could not be sent just now.", "Try again in a while.");
    private static readonly Refusal NoCode = new("reminders.no-code", "There is no code that could be typed now.", "Ask for a new one.");
    private static readonly Refusal WrongCode = new("reminders.wrong-code", "That is not the code that was sent last.", "Type it as it stands in the mail. A code is good for some minutes; after five wrong tries ask for a new one.");

    [LoggerMessage(Level = LogLevel.Warning, Message = "A code for reminders was not sent: {Why}")]
    private partial void LogUnavailable(string why);
}

/// <param name="IsSetUp">Whether the relay has a mail server.</param>
/// <param name="Address">What they sign in with.</param>
/// <param name="IsConfirmed">It is known to be theirs.</param>
/// <param name="CodeIsUnderWay">One was sent a while ago.</param>
/// <param name="Kept">Null: they have not asked.</param>
internal sealed record MyReminderChoice(bool IsSetUp, RemindersOffered Offers, string Address, bool IsConfirmed, bool CodeIsUnderWay, KeptReminders? Kept)
{
    public override string ToString() => nameof(MyReminderChoice);
}
