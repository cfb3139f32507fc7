using System.Buffers;
using SmtpServer;
using SmtpServer.Mail;
using SmtpServer.Protocol;
using SmtpServer.Storage;

namespace AV1Relay.Tests.MailServer;

/// <summary>Prints each mail that it takes on one line: to whom, whether the way was encrypted, and the mail itself in Base64.</summary>
internal sealed class PrintedMails : MessageStore
{
    private const string Breaks = "breaks"; // takes the mail, and is gone before it says so

    public override async Task<SmtpResponse> SaveAsync(ISessionContext context, IMessageTransaction transaction, ReadOnlySequence<byte> buffer, CancellationToken cancellationToken)
    {
        var to = transaction.To.Single();
        await Console.Out.WriteLineAsync($"Mail: {to.AsAddress()} {(context.Pipe.IsSecure ? "tls" : "clear")} {Convert.ToBase64String(buffer.ToArray())}");
        await Console.Out.FlushAsync(cancellationToken);
        if (to.User.StartsWith(Breaks, StringComparison.Ordinal)) Environment.Exit(1);
        return SmtpResponse.Ok;
    }
}
