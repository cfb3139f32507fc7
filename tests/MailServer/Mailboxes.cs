using SmtpServer;
using SmtpServer.Authentication;
using SmtpServer.Mail;
using SmtpServer.Protocol;
using SmtpServer.Storage;

namespace AV1Relay.Tests.MailServer;

/// <summary>Which addresses it takes, by what stands before the @.</summary>
internal sealed class Mailboxes : IMailboxFilter
{
    private const string Refused = "refused"; // 550, for good
    private const string Later = "later"; // 451 the first time

    private readonly HashSet<string> _seen = [];

    public Task<bool> CanAcceptFromAsync(ISessionContext context, IMailbox from, int size, CancellationToken cancellationToken) =>
        from.User == Refused ? throw new SmtpResponseException(new SmtpResponse(SmtpReplyCode.MailboxUnavailable, "not from you")) : Task.FromResult(true);

    public Task<bool> CanDeliverToAsync(ISessionContext context, IMailbox to, IMailbox from, CancellationToken cancellationToken)
    {
        if (to.User.StartsWith(Refused, StringComparison.Ordinal)) throw new SmtpResponseException(new SmtpResponse(SmtpReplyCode.MailboxUnavailable, "no such mailbox"));
        lock (_seen)
        {
            if (to.User.StartsWith(Later, StringComparison.Ordinal) && _seen.Add(to.User)) throw new SmtpResponseException(new SmtpResponse((SmtpReplyCode)451, "greylisted"));
        }

        return Task.FromResult(true);
    }
}

internal sealed class OneUser((string User, string Password)? known) : IUserAuthenticator
{
    public Task<bool> AuthenticateAsync(ISessionContext context, string user, string password, CancellationToken token) => Task.FromResult((user, password) == known);
}
