using System.Security.Cryptography.X509Certificates;
using MimeKit;

namespace AV1Relay.RelayServer.Mail;

/// <summary>The mail server that takes the relay's mails; checked, and never changed.</summary>
/// <param name="From">What mails come from.</param>
/// <param name="SignIn">Null: it takes mails without a sign-in.</param>
/// <param name="Authorities">Whose certificates are trusted; null: those that this machine trusts.</param>
internal sealed record SmtpSettings(string Host, int Port, SmtpTls Tls, MailboxAddress From, SmtpSignIn? SignIn, X509Certificate2Collection? Authorities)
{
    public override string ToString() => $"{Host}:{Port}";
}

internal sealed record SmtpSignIn(string User, string Password)
{
    public override string ToString() => User;
}

internal enum SmtpTls
{
    /// <summary>In the clear at first, and with TLS before anything is said; refused where the server can't (RFC 3207).</summary>
    StartTls,

    /// <summary>From the first byte (RFC 8314).</summary>
    Implicit,

    None,
}
