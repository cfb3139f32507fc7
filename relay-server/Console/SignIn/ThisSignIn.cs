using System.Globalization;
using System.Security.Claims;
using AV1Relay.Storage.Accounts;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace AV1Relay.StaffConsole.SignIn;

/// <summary>Which sign-in a request belongs to, and when somebody last proved who they are: its cookie says so, sealed.</summary>
/// <param name="Id">As it is kept with the account; null: one with a password alone.</param>
/// <param name="ProvedAt">As a rule when it began. The school's sign-in lets in who proved it there hours ago, and then it was then, or is not known.</param>
internal sealed record ThisSignIn(string? Id, DateTimeOffset ProvedAt)
{
    /// <summary>How a sign-in says by what it came about.</summary>
    public const string WithClaim = "with";

    public const string WithSchool = "school";

    private const string IdItem = "sign-in";
    private const string AtItem = "signed-in-at";
    private const string ProvedItem = "proved-at";

    /// <summary>Who has signed in so lately may change how they sign in; others do it once more, so that a screen left open gives nobody an account.</summary>
    private static readonly TimeSpan Lately = TimeSpan.FromMinutes(15);

    /// <summary>However much it is used, a sign-in ends after a working day: a cookie that was copied is not good for ever.</summary>
    private static readonly TimeSpan AtMost = TimeSpan.FromHours(12);

    public bool IsLateAt(DateTimeOffset now) => IsLate(ProvedAt, now);

    /// <summary>Whether it is too long since somebody proved who they are.</summary>
    public static bool IsLate(DateTimeOffset provedAt, DateTimeOffset now) => now - provedAt > Lately;

    public static async Task<ThisSignIn> OfAsync(HttpContext http)
    {
        var items = (await http.AuthenticateAsync(IdentityConstants.ApplicationScheme)).Properties?.Items;
        return new ThisSignIn(IdOf(items), TimeIn(items, items?.ContainsKey(ProvedItem) is true ? ProvedItem : AtItem));
    }

    /// <summary>For a sign-in that is about to begin, and rests on what was proved elsewhere.</summary>
    /// <param name="at">Null: nobody says when.</param>
    public static void NoteProof(AuthenticationProperties properties, DateTimeOffset? at)
    {
        ArgumentNullException.ThrowIfNull(properties);
        properties.Items[ProvedItem] = at?.ToString("O", CultureInfo.InvariantCulture) ?? "";
    }

    /// <summary>Whether it has lasted as long as one may.</summary>
    internal static bool HasRunOut(IDictionary<string, string?>? items, DateTimeOffset now) => now - TimeIn(items, AtItem) > AtMost;

    /// <summary>Notes a whole sign-in with the account. One that is only refreshed stays the same.</summary>
    public static async Task NoteAsync(CookieSigningInContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var (who, items) = (context.Principal, context.Properties.Items);
        if (who?.HasClaim(StaffPolicies.MethodClaim, StaffPolicies.MoreFactors) is not true || items.ContainsKey(IdItem)) return;
        var services = context.HttpContext.RequestServices;
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        (items[IdItem], items[AtItem]) = (Guid.NewGuid().ToString("N"), now.ToString("O", CultureInfo.InvariantCulture));
        var device = DeviceWords.Of(context.HttpContext.Request.Headers.UserAgent);
        var kept = new KeptSignIn(items[IdItem]!, now, now, who.FindFirstValue(WithClaim) ?? "app", device); // just set
        var account = Guid.Parse(who.FindFirstValue(ClaimTypes.NameIdentifier)!);
        await services.GetRequiredService<SignIns>().BeginAsync(account, kept, UnusedSince(now), CancellationToken.None);
        services.GetRequiredService<KnownBrowsers>().Remember(context.HttpContext, account);
    }

    /// <summary>One that was last seen before has run out by itself.</summary>
    public static DateTimeOffset UnusedSince(DateTimeOffset now) => now - ConsoleServices.SignInLasts - ConsoleServices.LookedAtEach;

    private static DateTimeOffset TimeIn(IDictionary<string, string?>? items, string item) =>
        items?.TryGetValue(item, out var text) is true && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out var at) ? at : default;

    internal static string? IdOf(IDictionary<string, string?>? items) => items?.TryGetValue(IdItem, out var id) is true ? id : null;
}
