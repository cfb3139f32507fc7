using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Logging;

namespace AV1Relay.StaffConsole.SignIn;

/// <summary>On the way to the provider and back.</summary>
internal sealed class SchoolSignInEvents(SchoolSignIn school, StaffAddress address, ILogger<SchoolSignInEvents> logger) : OpenIdConnectEvents
{
    public override Task RedirectToIdentityProvider(RedirectContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.ProtocolMessage.RedirectUri = address.Of(context.Request, SchoolSignInSettings.CallbackPath);
        return Task.CompletedTask;
    }

    public override Task RedirectToIdentityProviderForSignOut(RedirectContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        // No token is kept to show: the provider is told who asks, and asks the person.
        (context.ProtocolMessage.ClientId, context.ProtocolMessage.PostLogoutRedirectUri) =
            (context.Options.ClientId, address.Of(context.Request, SchoolSignInSettings.SignedOutPath));
        return Task.CompletedTask;
    }

    public override async Task TicketReceived(TicketReceivedContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.HandleResponse(); // no cookie of the provider's claims: what counts is the account
        var arrival = context.Principal is { } who && context.Properties is { } kept ? await school.ArriveAsync(who, kept.Items) : SchoolSignIn.Arrival.Unknown;
        if (arrival == SchoolSignIn.Arrival.Asked) await WaitingArrival.KeepAsync(context.HttpContext, context.Principal!, context.Properties!); // there were both
        context.Response.Redirect(arrival switch
        {
            SchoolSignIn.Arrival.SignedIn => LocalAddress.OrHome(context.ReturnUri),
            SchoolSignIn.Arrival.Asked => WaitingArrival.Page,
            _ => SchoolProblems.PageOf(SchoolProblems.Of(arrival)),
        });
    }

    public override Task RemoteFailure(RemoteFailureContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.HandleResponse();
        SchoolSignInLog.Failed(logger, context.Failure?.GetType().Name ?? "unknown");
        context.Response.Redirect(SchoolProblems.PageOf(context.Failure switch
        {
            { } failure when IsUnreachable(failure) => SchoolProblems.Down,
            _ => SchoolProblems.NotFinished, // called off there, too slow, tampered with, or opened twice: the way on is the same
        }));
        return Task.CompletedTask;
    }

    /// <summary>Nobody answered, in time or at all.</summary>
    internal static bool IsUnreachable(Exception failure)
    {
        for (var cause = failure; cause is not null; cause = cause.InnerException)
        {
            if (cause is HttpRequestException or IOException or TimeoutException or TaskCanceledException) return true;
        }

        return false;
    }
}

internal static partial class SchoolSignInLog
{
    [LoggerMessage(3611, LogLevel.Information, "Somebody came back from the school's sign-in and was not let in: {Kind}")]
    public static partial void Failed(ILogger logger, string kind);

    [LoggerMessage(3612, LogLevel.Warning, "The school's sign-in does not answer: relay-server doctor says more")]
    public static partial void Down(ILogger logger, Exception failure);
}
