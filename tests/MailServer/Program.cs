using System.Globalization;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using AV1Relay.Tests.MailServer;
using SmtpServer;
using SmtpServer.Authentication;
using SmtpServer.ComponentModel;
using SmtpServer.Storage;

// A mail server for tests, in a process of its own: mail-server PORT starttls|implicit|none [CERTIFICATE.pem KEY.pem [USER PASSWORD]]
var port = int.Parse(args[0], CultureInfo.InvariantCulture);
var isImplicit = args[1] == "implicit";
using var fromFiles = args.Length > 2 ? X509Certificate2.CreateFromPemFile(args[2], args[3]) : null;
using var certificate = fromFiles is null ? null : X509CertificateLoader.LoadPkcs12(fromFiles.Export(X509ContentType.Pkcs12), null); // with its key, as servers need it
var signIn = args.Length > 5 ? (User: args[4], Password: args[5]) : ((string User, string Password)?)null;

var options = new SmtpServerOptionsBuilder().ServerName("localhost").Endpoint(endpoint =>
{
    endpoint.Endpoint(new IPEndPoint(IPAddress.Loopback, port)).IsSecure(isImplicit).AuthenticationRequired(signIn is not null).AllowUnsecureAuthentication(false);
    if (certificate is not null) endpoint.Certificate(certificate);
}).Build();
var services = new ServiceProvider();
services.Add((IMessageStore)new PrintedMails());
services.Add((IMailboxFilter)new Mailboxes());
services.Add((IUserAuthenticator)new OneUser(signIn));
var server = new SmtpServer.SmtpServer(options, services);
using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) => (pressed.Cancel, _) = (true, stop.CancelAsync());
using var terminated = System.Runtime.InteropServices.PosixSignalRegistration.Create(System.Runtime.InteropServices.PosixSignal.SIGTERM, signal => (signal.Cancel, _) = (true, stop.CancelAsync()));
var serving = server.StartAsync(stop.Token);
Console.WriteLine($"Mail server ready: {port}");
await serving;
