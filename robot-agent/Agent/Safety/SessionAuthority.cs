namespace AV1Relay.RobotAgent.Safety;

/// <summary>Which session this robot may take part in, and whether now.</summary>
/// <remarks>
/// Sans-I/O. Always true: the fencing number never falls, over restarts neither; nothing is active outside the window, without
/// trusted time, under a certificate that has ended, or <see cref="DarkAfter"/> after the link was lost; a link that came back counts only once the relay has given the grant again on it.
/// </remarks>
/// <param name="time">What windows are held to.</param>
/// <param name="certificate">This robot's own.</param>
/// <param name="allowAdHoc">Whether sessions for tests are taken.</param>
/// <param name="seen">What this robot had taken before it was started.</param>
internal sealed class SessionAuthority(TrustedTime time, CertificateLife certificate, bool allowAdHoc, FencingMark seen)
{
    /// <summary>How long a session goes on without the link. Then the robot rests until link and grant are back.</summary>
    public static readonly TimeSpan DarkAfter = TimeSpan.FromSeconds(5);

    /// <summary>How far ahead of its window a grant is taken, and waits in the dark: clocks are read to the millisecond only.</summary>
    private static readonly TimeSpan EarlyBy = TimeSpan.FromMinutes(2);

    private bool _isAffirmed; // the relay gave the current grant on the link that is up now
    private TimeSpan _lostAt;

    /// <summary>The last grant taken and not withdrawn, over or not.</summary>
    public SessionGrant? Grant { get; private set; }

    /// <summary>Of the grant's session, as <see cref="GrantPrint"/> keeps it; null without a grant.</summary>
    public string? SessionHash => Grant is null ? null : Mark.Open?.SessionHash; // the mark is this grant's for as long as there is one

    /// <summary>Must be kept over restarts before anything is done under a grant that raises it.</summary>
    public FencingMark Mark { get; private set; } = seen;

    public bool IsLinkUp { get; private set; }

    /// <summary>Commands count only while the relay that gave the grant is there.</summary>
    public bool MayCommand(TimeSpan now) => IsLinkUp && _isAffirmed && IsActive(now);

    /// <summary>The one question that all media and all movement hang on.</summary>
    public bool IsActive(TimeSpan now) => Grant is { } grant
        && !certificate.IsOver(now)
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
        return Earlier.Of(Earlier.Of(window, dark), certificate.NextTimeout(now));
    }

    public void OnLinkUp() => (IsLinkUp, _isAffirmed) = (true, false);

    public void OnLinkDown(TimeSpan now)
    {
        if (IsLinkUp && (_isAffirmed || Grant is null)) _lostAt = now; // a link on which no grant came does not prolong the wait
        (IsLinkUp, _isAffirmed) = (false, false);
    }

    /// <returns>Null when it would be taken; otherwise why not, in words.</returns>
    public string? Check(SessionGrant offered, TimeSpan now)
    {
        if (!IsLinkUp) return "A grant came without a link.";
        if (Mark.Refuses(offered) is { } old) return old;
        if (offered.IsAdHoc && !allowAdHoc)
            return "This robot takes part in booked sessions only; start it with --allow-adhoc for tests.";
        if (time.At(now) is not { } wall) return time.Problem ?? "There is no trusted time.";
        if (certificate.Problem(now) is { } ended) return ended;
        if (offered.NotAfter <= wall) return "The grant's window is over.";
        return offered.NotBefore > wall + EarlyBy ? "The grant's window has not begun." : null;
    }

    /// <returns>Null when taken; otherwise why not, in words.</returns>
    public string? OnGrant(SessionGrant offered, TimeSpan now)
    {
        if (Check(offered, now) is { } problem) return problem;
        Mark = FencingMark.Of(offered);
        _isAffirmed = true;
        Grant = offered;
        return null;
    }

    /// <returns>Whether it was the current one.</returns>
    public bool OnWithdrawn(string session)
    {
        if (Grant?.Session != session) return false;
        Grant = null;
        Mark = Mark.Close();
        return true;
    }

    /// <summary>Forgets a grant whose window is over.</summary>
    public bool ForgetWhenOver(TimeSpan now)
    {
        if (Grant is not { } grant || time.At(now) is not { } wall || wall < grant.NotAfter) return false;
        Grant = null;
        Mark = Mark.Close();
        return true;
    }
}
