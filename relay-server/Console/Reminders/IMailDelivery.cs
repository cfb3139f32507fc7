using AV1Relay.Domain.Reminders;

namespace AV1Relay.StaffConsole.Reminders;

/// <summary>The mail server that the relay hands its mails to. There is none where nobody has set one up.</summary>
public interface IMailDelivery
{
    /// <exception cref="MailUnavailableException">It can't be used now; nothing was handed over.</exception>
    Task<IMailConnection> ConnectAsync(CancellationToken cancellationToken);
}

/// <summary>One connection, for as many mails as there are.</summary>
public interface IMailConnection : IAsyncDisposable
{
    /// <summary>It takes no further mail: open another one.</summary>
    bool IsBroken { get; }

    Task<MailReply> SendAsync(OutgoingMail mail, CancellationToken cancellationToken);
}

/// <param name="To">One address; it has been shown to be the person's own.</param>
/// <param name="StopUrl">Where mail programmes stop it by themselves (RFC 2369, RFC 8058); null: it is not one of many.</param>
public sealed record OutgoingMail(string To, string Subject, string Text, Uri? StopUrl)
{
    public override string ToString() => nameof(OutgoingMail);
}

/// <param name="Code">As the server said it (RFC 5321 §4.2.1); 0: it said nothing.</param>
public sealed record MailReply(MailOutcome Outcome, int Code);

/// <summary>The mail server can't be used; the message says why, in words, and holds no address and no password.</summary>
public sealed class MailUnavailableException : Exception
{
    public MailUnavailableException()
    {
    }

    public MailUnavailableException(string message)
        : base(message)
    {
    }

    public MailUnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
