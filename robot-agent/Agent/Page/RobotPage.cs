using System.Net;
using System.Reflection;
using System.Text;
using System.Text.Json;
using AV1Relay.RobotAgent.Body;
using AV1Relay.RobotAgent.Running;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace AV1Relay.RobotAgent.Page;

/// <summary>The robot's own small page: what the class sees of it, drawn. Nothing on it is media.</summary>
internal sealed class RobotPage : IAsyncDisposable
{
    private static readonly TimeSpan StopLimit = TimeSpan.FromMilliseconds(200);
    private readonly WebApplication _app;

    private RobotPage(WebApplication app, Uri address)
    {
        _app = app;
        Address = address;
    }

    public Uri Address { get; }

    /// <param name="endpoint">Where to listen; port 0 takes a free one.</param>
    /// <param name="picture">Asked for each request.</param>
    /// <param name="simulated">Its buttons can be pressed on the page; null with a real body.</param>
    /// <param name="logs">Warnings and worse.</param>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<RobotPage> StartAsync(IPEndPoint endpoint, Func<RobotPicture> picture, SimulatedBody? simulated, ILoggerFactory logs)
    {
        var builder = WebApplication.CreateEmptyBuilder(new()); // no settings from files or the environment: the command line decides
        builder.Services.AddSingleton(logs);
        builder.WebHost.UseKestrelCore();
        builder.Services.Configure<KestrelServerOptions>(kestrel =>
        {
            kestrel.Listen(endpoint);
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 1024;
            kestrel.Limits.MaxConcurrentConnections = 64;
        });
        var app = builder.Build();
        var html = Read("robot.html");
        var script = Read("robot.js");
        app.Run(context => AnswerAsync(context, html, script, picture, simulated));
        await app.StartAsync();
        // Kestrel always has the feature, and one address for the one endpoint.
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return new(app, new Uri(address.TrimEnd('/') + "/"));
    }

    public async ValueTask DisposeAsync()
    {
        using (var limit = new CancellationTokenSource(StopLimit)) await _app.StopAsync(limit.Token);
        await _app.DisposeAsync();
    }

    private static async Task AnswerAsync(HttpContext context, byte[] html, byte[] script, Func<RobotPicture> picture, SimulatedBody? simulated)
    {
        var (request, response) = (context.Request, context.Response);
        response.Headers.CacheControl = "no-store";
        response.Headers["Content-Security-Policy"] = "default-src 'none'; script-src 'self'; style-src 'unsafe-inline'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
        response.Headers["X-Content-Type-Options"] = "nosniff";
        response.Headers["Referrer-Policy"] = "no-referrer";
        if (!IsAddressedToUs(request))
        {
            response.StatusCode = StatusCodes.Status421MisdirectedRequest; // a name that somebody points at this robot's loopback
            return;
        }

        switch (request.Method, request.Path.Value)
        {
            case ("GET", "/"):
                await WriteAsync(response, "text/html; charset=utf-8", html);
                break;
            case ("GET", "/robot.js"):
                await WriteAsync(response, "text/javascript; charset=utf-8", script);
                break;
            case ("GET", "/state"):
                await WriteAsync(response, "application/json", JsonSerializer.SerializeToUtf8Bytes(picture(), RobotPageJson.Default.RobotPicture));
                break;
            case ("POST", "/curtain") when simulated is not null && IsPressedHere(request):
                simulated.Curtain.Press();
                response.StatusCode = StatusCodes.Status204NoContent;
                break;
            case ("POST", "/privacy") when simulated is not null && IsPressedHere(request):
                simulated.PrivacySwitch.Set(!simulated.PrivacySwitch.IsPrivate);
                response.StatusCode = StatusCodes.Status204NoContent;
                break;
            case ("POST", "/louder" or "/softer") when simulated is not null && IsPressedHere(request):
                simulated.Volume.Press(request.Path == "/louder" ? 1 : -1);
                response.StatusCode = StatusCodes.Status204NoContent;
                break;
            case ("POST", "/curtain" or "/privacy" or "/louder" or "/softer"):
                response.StatusCode = StatusCodes.Status403Forbidden; // a real button is pressed by a hand
                break;
            default:
                response.StatusCode = StatusCodes.Status404NotFound;
                break;
        }
    }

    private static async Task WriteAsync(HttpResponse response, string contentType, byte[] body)
    {
        response.ContentType = contentType;
        response.ContentLength = body.Length;
        await response.Body.WriteAsync(body);
    }

    /// <summary>By an address, as the program printed it, or as localhost: never by a name from elsewhere (DNS rebinding).</summary>
    private static bool IsAddressedToUs(HttpRequest request) =>
        request.Host.Host is "localhost" || IPAddress.TryParse(request.Host.Host.Trim('[', ']'), out _);

    /// <summary>The robot's buttons are pressed at the robot: not from elsewhere in the network, and not by another site's page.</summary>
    private static bool IsPressedHere(HttpRequest request) =>
        request.HttpContext.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address)
        && (request.Headers.Origin.Count == 0 || request.Headers.Origin == $"{request.Scheme}://{request.Host}");

    private static byte[] Read(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"AV1Relay.RobotAgent.Page.{name}")
            ?? throw new InvalidOperationException($"{name} is not embedded.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return Encoding.UTF8.GetBytes(reader.ReadToEnd());
    }
}
