using System.Diagnostics.CodeAnalysis;
using AV1Relay.Domain.Reminders;
using AV1Relay.StaffConsole.Reminders;
using MailKit;
using MailKit.Net.Smtp;
using MimeKit;
using MimeKit.Utils;

namespace AV1Relay.RelayServer.Mail;

/// <summary>One connection to the mail server. What may have been taken is never said to be free for another try.</summary>
internal sealed class SmtpConnection(SmtpClient client, MailboxAddress from) : IMailConnection
{
    private static readonly ParserOptions Strictly = new() { AddressParserComplianceMode = RfcComplianceMode.Strict, AllowAddressesWithoutDomain = false };

    public bool IsBroken => !client.IsConnected;

    public async Task<MailReply> SendAsync(OutgoingMail mail, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(mail);
        if (!TryRead(mail.To, out var to)) return new(MailOutcome.AddressRefused, 0);
        using var message = Write(mail, to, from);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(SmtpDelivery.Patience);
        if (!await IsThereAsync(patience.Token)) return new(MailOutcome.TryLater, 0);
        try
        {
            await client.SendAsync(message, patience.Token);
            return new(MailOutcome.Taken, 250);
        }
        catch (SmtpCommandException refused)
        {
            var code = (int)refused.StatusCode;
            return new(
                code < 500 ? MailOutcome.TryLater : refused.ErrorCode == SmtpErrorCode.RecipientNotAccepted ? MailOutcome.AddressRefused : MailOutcome.MailRefused, code);
        }
        catch (NotSupportedException)
        {
            return new(MailOutcome.AddressRefused, 0); // letters that this server can't write (RFC 6531)
        }
#pragma warning disable CA1031 // however it broke: nobody knows what the other end has
        catch (Exception)
#pragma warning restore CA1031
        {
            await client.DisconnectAsync(quit: false, CancellationToken.None);
            return new(MailOutcome.Unknown, 0);
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(2), TimeProvider.System);
            await client.DisconnectAsync(quit: client.IsConnected, patience.Token);
        }
#pragma warning disable CA1031 // it is over either way
        catch (Exception)
#pragma warning restore CA1031
        {
            // The other end was gone before us.
        }

        client.Dispose();
    }

    /// <summary>One address, and nothing beside it.</summary>
    internal static bool TryRead(string text, [NotNullWhen(true)] out MailboxAddress? address) =>
        MailboxAddress.TryParse(Strictly, text, out address) && !text.Any(char.IsControl) && address.Address == text.Trim();

    /// <remarks>Each header is an address that has been parsed or words of our own: nobody writes a line of their own into it.</remarks>
    internal static MimeMessage Write(OutgoingMail mail, MailboxAddress to, MailboxAddress from)
    {
        var message = new MimeMessage { Subject = mail.Subject, Body = new TextPart("plain") { Text = mail.Text } };
        message.From.Add(from);
        message.To.Add(new MailboxAddress("", to.Address));
        message.MessageId = MimeUtils.GenerateMessageId(from.Domain); // not this machine's name
        message.Headers.Add("Auto-Submitted", "auto-generated"); // RFC 3834: no automatic answers
        if (mail.StopUrl is not { } stop) return message;
        message.Headers.Add(HeaderId.ListUnsubscribe, $"<{stop.AbsoluteUri}>");
        if (stop.Scheme == Uri.UriSchemeHttps) message.Headers.Add("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"); // RFC 8058 §3.1 asks for https
        return message;
    }

    /// <summary>Asked before a mail is begun, so that a connection that has gone meanwhile leaves no doubt.</summary>
    private async Task<bool> IsThereAsync(CancellationToken cancellationToken)
    {
        try
        {
            await client.NoOpAsync(cancellationToken);
            return true;
        }
        catch (Exception gone) when (gone is IOException or ProtocolException or CommandException or InvalidOperationException or OperationCanceledException)
        {
            await client.DisconnectAsync(quit: false, CancellationToken.None);
            return false;
        }
    }
}
