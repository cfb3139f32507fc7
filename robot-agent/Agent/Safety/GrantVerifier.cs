using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using AV1Relay.Protos;
using AV1Relay.Protos.V1;
using Google.Protobuf;

namespace AV1Relay.RobotAgent.Safety;

/// <summary>Whether a grant is the domain's and for this robot: docs/decisions/0019-signed-grants.md.</summary>
/// <remarks>
/// Sans-I/O. Everything that a <see cref="SessionGrant"/> allows comes from the signed bytes; not one of them is read before the
/// signature has been checked. Whether it is old, over or not for now is <see cref="SessionAuthority"/>'s to say, which knows
/// the time and what came before.
/// </remarks>
internal sealed class GrantVerifier : IDisposable
{
    private readonly ECDsa? _domainKey;
    private readonly string _robotName;
    private readonly bool _publishesInTheClear;

    /// <param name="domainKey">Pinned at enrolment; owned from now on.</param>
    /// <param name="robotName">This robot's, as given at enrolment.</param>
    /// <param name="publishesInTheClear">Whether it may send its token and its offer over http to another computer.</param>
    public GrantVerifier(ECDsa domainKey, string robotName, bool publishesInTheClear = false) =>
        (_domainKey, _robotName, _publishesInTheClear) = (domainKey, robotName, publishesInTheClear);

    private GrantVerifier(string problem) => (Problem, _robotName) = (problem, "");

    /// <summary>Why every grant is refused, in words; null when grants can be checked.</summary>
    public string? Problem { get; }

    /// <summary>For a robot that can't tell a good grant from a bad one: it refuses all of them.</summary>
    /// <param name="problem">Why, and what to do about it.</param>
    public static GrantVerifier RefusingAll(string problem) => new(problem);

    /// <param name="offered">As it came.</param>
    /// <param name="grant">What it allows.</param>
    /// <param name="problem">Why it is none, in words.</param>
    public bool TryVerify(Grant offered, [NotNullWhen(true)] out SessionGrant? grant, [NotNullWhen(false)] out string? problem)
    {
        problem = Read(offered, out grant);
        return grant is not null && problem is null;
    }

    public void Dispose() => _domainKey?.Dispose();

    private string? Read(Grant offered, out SessionGrant? grant)
    {
        grant = null;
        if (_domainKey is null) return Problem;
        if (offered.Statement.IsEmpty || offered.Signature.IsEmpty)
            return "The grant is not signed, so the robot does not take it: the relay may be of an earlier version. Update it.";
        if (!GrantSignature.Verify(_domainKey, offered.Statement.Span, offered.Signature.Span))
            return "The grant was not signed by the domain that this robot was enrolled with, or was changed on its way. If the relay was set up anew, enrol the robot again with a new code.";
        if (TryParse(offered.Statement) is not { } statement)
            return "The grant is signed and can't be read: the relay has a fault.";
        if (statement.Purpose != GrantSignature.Purpose || statement.Version != GrantSignature.Version)
            return "The grant is of a kind that this robot does not know: update the robot.";
        if (_robotName.Length == 0 || statement.RobotName != _robotName)
            return "The grant is for another robot.";
        if (statement.Session.Length is 0 or > 100) return "The grant names no session.";
        if (statement.FencingNumber == 0) return "The grant has no fencing number.";
        if (!SessionGrant.IsInstant(statement.NotBeforeUnixMs) || !SessionGrant.IsInstant(statement.NotAfterUnixMs) || statement.NotAfterUnixMs <= statement.NotBeforeUnixMs)
            return "The grant's window is empty.";
        if (!Uri.TryCreate(offered.WhipUrl, UriKind.Absolute, out var whipUrl) || whipUrl.Scheme is not ("http" or "https"))
            return "The grant's whip_url is not an absolute http or https URL.";
        // Where to publish is not signed, and whoever listens on the way would have the robot's token, and by its offer's fingerprint its media.
        if (whipUrl is { Scheme: "http", IsLoopback: false } && !_publishesInTheClear)
        {
            return "The grant's whip_url is http to another computer, so the robot's token would go there in the clear: give the relay an https address (--urls or --public-url), or start the robot with --allow-http.";
        }

        grant = new(
            statement.Session, statement.FencingNumber, CapabilityBits.Of(statement.Capabilities),
            DateTimeOffset.FromUnixTimeMilliseconds(statement.NotBeforeUnixMs), DateTimeOffset.FromUnixTimeMilliseconds(statement.NotAfterUnixMs),
            statement.AdHoc, whipUrl, offered.WhipToken);
        return null;
    }

    private static GrantStatement? TryParse(ByteString bytes)
    {
        try
        {
            return GrantStatement.Parser.ParseFrom(bytes);
        }
        catch (InvalidProtocolBufferException)
        {
            return null;
        }
    }
}
