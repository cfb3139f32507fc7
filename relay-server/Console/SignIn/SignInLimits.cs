using System.Net;
using Microsoft.AspNetCore.Http;

namespace AV1Relay.StaffConsole.SignIn;

/// <summary>How many wrong passwords and codes are heard, and from whom; beside it an account as a whole is closed for a while after some of them.</summary>
/// <remarks>
/// A whole school stands behind one address. So tries are counted by address and account together, and by address alone only loosely: who guesses at one
/// account makes nobody else wait. A browser that the person has signed in with before is counted by itself, whatever strangers do.
/// </remarks>
/// <param name="sourceOf">Under which name an address is counted.</param>
internal sealed class SignInLimits(Func<IPAddress?, string> sourceOf, TimeProvider time)
{
    private readonly TryMeter _known = new(burst: 5, TimeSpan.FromMinutes(3)); // as many an hour as an account hears from strangers
    private readonly TryMeter _byAccount = new(burst: 10, TimeSpan.FromMinutes(1));
    private readonly TryMeter _bySource = new(burst: 60, TimeSpan.FromSeconds(1)); // a wrong one costs as much work as a right one

    /// <param name="known">The browser, as <see cref="KnownBrowsers"/> names it; null: a stranger's.</param>
    /// <param name="account">As it was typed.</param>
    /// <returns>To be taken back if the try was right; null: they have to wait.</returns>
    public Action? Charge(HttpContext http, string? known, string account)
    {
        var now = time.GetElapsedTime(0);
        if (known is not null) return _known.TryCharge(known, now) ? () => _known.Refund(known) : null;
        var source = sourceOf(http.Connection.RemoteIpAddress);
        var both = $"{source} {account.ToUpperInvariant()}";
        if (!_byAccount.TryCharge(both, now)) return null;
        if (_bySource.TryCharge(source, now))
        {
            return () =>
            {
                _byAccount.Refund(both);
                _bySource.Refund(source);
            };
        }

        _byAccount.Refund(both); // it was not tried
        return null;
    }
}
