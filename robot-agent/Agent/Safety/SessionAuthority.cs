using AV1Relay.Protos.V1;

namespace AV1Relay.RobotAgent.Safety;

/// <summary>Which session this robot may take part in, and whether now.</summary>
/// <remarks>
/// Sans-I/O. Always true: the fencing number never falls; nothing is active outside the window, without trusted time, or
/// <see cref="DarkAfter"/> after the link was lost; a link that came back counts only once the relay has given the grant again on it.
/// </remarks>
internal sealed class SessionAuthority(TrustedTime time, bool allowAdHoc)
{
    /// <summary>How long a session goes on without the link. Then the robot rests until link and grant are back.</summary>
    public static readonly TimeSpan DarkAfter = TimeSpan.FromSeconds(5);

    private ulong _highestFencingNumber;
    private bool _isAffirmed; // the relay gave the current grant on the link that is up now
    private TimeSpan _lostAt;

    /// <summary>The last grant taken and not withdrawn, over or not.</summary>
    public SessionGrant? Grant { get; private set; }

    public bool IsLinkUp { get; private set; }

    /// <summary>Commands count only while the relay that gave the grant is there.</summary>
    public bool MayCommand(TimeSpan now) => IsLinkUp && _isAffirmed && IsActive(now);

    /// <summary>The one question that all media and all movement hang on.</summary>
    public bool IsActive(TimeSpan now) => Grant is { } grant
        && time.At(now) is { } wall && wall >= grant.NotBefore && wall < grant.NotAfter
        && ((IsLinkUp && _isAffirmed) || now < _lostAt + DarkAfter);

    /// <summary>When <see cref="IsActive"/> may next change by itself; null when it can't.</summary>
    public TimeSpan? NextTimeout(TimeSpan now)
    {
        if (Grant is not { } grant || time.At(now) is not { } wall) return null;
        var window = wall < grant.NotBefore ? now + (grant.NotBefore - wall)
            : wall < grant.NotAfter ? now + (grant.NotAfter - wall)
            : (TimeSpan?)null;
        var dark = (IsLinkUp && _isAffirmed) || now >= _lostAt + DarkAfter ? (TimeSpan?)null : _lostAt + DarkAfter;
        return Earlier.Of(window, dark);
    }

    public void OnLinkUp() => (IsLinkUp, _isAffirmed) = (true, false);

    public void OnLinkDown(TimeSpan now)
    {
        if (IsLinkUp && (_isAffirmed || Grant is null)) _lostAt = now; // a link on which no grant came does not prolong the wait
        (IsLinkUp, _isAffirmed) = (false, false);
    }

    /// <returns>Null when taken; otherwise why not, in words.</returns>
    public string? OnGrant(Grant offered, TimeSpan now)
    {
        var isSameAgain = Grant is { } current && offered.FencingNumber == current.FencingNumber && offered.Session == current.Session;
        if (!IsLinkUp) return "A grant came without a link.";
        if (!isSameAgain && offered.FencingNumber <= _highestFencingNumber)
            return $"A grant with fencing number {offered.FencingNumber} is older than the newest one seen ({_highestFencingNumber}).";
        if (offered.Session.Length is 0 or > 100) return "The grant names no session.";
        if (offered.AdHoc && !allowAdHoc)
            return "This robot takes part in booked sessions only; start it with --allow-adhoc for tests.";
        if (!Uri.TryCreate(offered.WhipUrl, UriKind.Absolute, out var whipUrl) || whipUrl.Scheme is not ("http" or "https"))
            return "The grant's whip_url is not an absolute http or https URL.";
        if (!IsInstant(offered.NotBeforeUnixMs) || !IsInstant(offered.NotAfterUnixMs) || offered.NotAfterUnixMs <= offered.NotBeforeUnixMs)
            return "The grant's window is empty.";
        var notAfter = DateTimeOffset.FromUnixTimeMilliseconds(offered.NotAfterUnixMs);
        if (time.At(now) is not { } wall) return time.Problem ?? "There is no trusted time.";
        if (notAfter <= wall) return "The grant's window is over.";
        var grant = new SessionGrant(
            offered.Session, offered.FencingNumber, CapabilityBits.Of(offered.Capabilities),
            DateTimeOffset.FromUnixTimeMilliseconds(offered.NotBeforeUnixMs), notAfter, whipUrl, offered.WhipToken);
        if (isSameAgain && IsWider(grant, Grant!)) // not null: it is the same again
            return "The grant allows more than before under the same fencing number.";

        _highestFencingNumber = offered.FencingNumber;
        _isAffirmed = true;
        Grant = grant;
        return null;
    }

    /// <returns>Whether it was the current one.</returns>
    public bool OnWithdrawn(string session)
    {
        if (Grant?.Session != session) return false;
        Grant = null;
        return true;
    }

    /// <summary>Forgets a grant whose window is over.</summary>
    public bool ForgetWhenOver(TimeSpan now)
    {
        if (Grant is not { } grant || time.At(now) is not { } wall || wall < grant.NotAfter) return false;
        Grant = null;
        return true;
    }

    private static bool IsWider(SessionGrant now, SessionGrant before) =>
        (now.Capabilities.Bits & ~before.Capabilities.Bits) != 0 || now.NotBefore < before.NotBefore || now.NotAfter > before.NotAfter;

    private static bool IsInstant(long unixMs) => unixMs is >= 0 and <= 253_402_300_799_000;
}
