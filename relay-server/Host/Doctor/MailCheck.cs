using AV1Relay.RelayServer.Mail;
using AV1Relay.StaffConsole.Reminders;

namespace AV1Relay.RelayServer.Doctor;

/// <summary>Whether the mail server takes this relay's connection; no mail is sent.</summary>
internal static class MailCheck
{
    private const string Name = "mail";

    public static async Task<Finding> RunAsync(SmtpSettings settings, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await new SmtpDelivery(settings).ConnectAsync(cancellationToken);
            var how = settings.Tls == SmtpTls.None ? "in the clear" : "with TLS";
            return new Finding(Name, Grade.Good, $"{settings} answers {how}{(settings.SignIn is null ? "" : ", and takes the sign-in")}.");
        }
        catch (MailUnavailableException failure)
        {
            return new Finding(Name, Grade.Bad, failure.Message);
        }
    }
}
