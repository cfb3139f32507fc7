using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using AV1Relay.StaffConsole.Reminders;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;

namespace AV1Relay.RelayServer.Mail;

/// <summary>Hands mails to a mail server by SMTP (RFC 5321), with MailKit.</summary>
internal sealed class SmtpDelivery(SmtpSettings settings) : IMailDelivery
{
    /// <summary>In real time: the other end knows no other.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public async Task<IMailConnection> ConnectAsync(CancellationToken cancellationToken)
    {
        var client = new SmtpClient
        {
            Timeout = (int)Patience.TotalMilliseconds,
            CheckCertificateRevocation = false, // as for the schools' own sign-in: lists are often out of reach from a school's network
            ServerCertificateValidationCallback = IsTrusted,
        };
        try
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            patience.CancelAfter(Patience);
            await client.ConnectAsync(settings.Host, settings.Port, OptionOf(settings.Tls), patience.Token);
            if (settings.SignIn is { } who) await client.AuthenticateAsync(who.User, who.Password, patience.Token);
            return new SmtpConnection(client, settings.From);
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            client.Dispose();
            throw new MailUnavailableException($"The mail server {settings} {WhyOf(failure)}", failure);
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    private bool IsTrusted(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (errors == SslPolicyErrors.None) return true;
        if (errors != SslPolicyErrors.RemoteCertificateChainErrors || settings.Authorities is not { } authorities || certificate is not X509Certificate2 own) return false; // another name is never right
        using var ours = new X509Chain();
        ours.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        ours.ChainPolicy.CustomTrustStore.AddRange(authorities);
        ours.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        if (chain is not null) ours.ChainPolicy.ExtraStore.AddRange(chain.ChainPolicy.ExtraStore); // what lies between, as the server sent it
        return ours.Build(own);
    }

    private static SecureSocketOptions OptionOf(SmtpTls tls) => tls switch
    {
        SmtpTls.StartTls => SecureSocketOptions.StartTls,
        SmtpTls.Implicit => SecureSocketOptions.SslOnConnect,
        _ => SecureSocketOptions.None,
    };

    /// <summary>In words of our own: a library's could hold what the server or the account said.</summary>
    private static string WhyOf(Exception failure) => failure switch
    {
        SslHandshakeException => "shows a certificate that is not trusted, or speaks no TLS there: look at --smtp-host, --smtp-tls and --smtp-ca-file.",
        AuthenticationException => "does not take the user and password: look at --smtp-user and --smtp-password-file.",
        NotSupportedException => "offers no STARTTLS, or no sign-in: look at --smtp-tls and --smtp-user.",
        SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData } => "is not known by that name: look at --smtp-host.",
        SocketException => "can't be reached: look at --smtp-host, --smtp-port and the firewall.",
        OperationCanceledException or TimeoutException => "does not answer: look at --smtp-host, --smtp-port and --smtp-tls.",
        SmtpCommandException refused => $"turns this relay away (it says {(int)refused.StatusCode}).",
        IOException or ProtocolException => "broke off, or does not speak SMTP there: look at --smtp-port and --smtp-tls.",
        _ => $"can't be used ({failure.GetType().Name}).",
    };
}
