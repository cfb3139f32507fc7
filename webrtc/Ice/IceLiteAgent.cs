using System.Text;
using AV1Relay.WebRtc.Stun;

namespace AV1Relay.WebRtc.Ice;

/// <summary>What became of a binding request.</summary>
public enum IceLiteResult : byte
{
    /// <summary>Nothing was written and nothing has changed: not for us, or not authenticated.</summary>
    Ignored,

    /// <summary>Authenticated and answered; the source is validated now.</summary>
    Answered,

    /// <summary>The same, and the peer nominated this path: it is selected now.</summary>
    AnsweredAndNominated,

    /// <summary>Authenticated, but the peer believes itself controlled, which against a lite agent it never is: answered with 487 (RFC 8445 §7.3.1.1).</summary>
    RoleConflict,

    /// <summary>Authenticated, but with attributes that nobody here knows: answered with 420.</summary>
    UnknownAttribute,
}

/// <summary>The answering half of ICE for a host that is reachable by itself (RFC 8445 §2.5): one per peer, sends no checks.</summary>
/// <remarks>
/// Sans-I/O; one owner thread; allocates nothing per message. Whoever can't prove the password gets silence,
/// so that the port is no amplifier and no oracle. Addresses are UDP, or TCP connections that the peer opened.
/// </remarks>
public sealed class IceLiteAgent
{
    /// <summary>More paths than this and the one unused for longest is forgotten; it comes back with its next check.</summary>
    public const int MaxValidatedAddresses = 16;

    /// <summary>Enough room for any response that <see cref="OnBindingRequest"/> writes.</summary>
    public const int MaxResponseLength = 128;

    private readonly ValidatedAddresses _validated = new();
    private Credential _current;
    private Credential? _previous;
    private TransportAddress? _nominated;

    public IceLiteAgent(IceCredentials local)
    {
        Local = local;
        _current = new Credential(local);
    }

    /// <summary>The credentials that new checks must carry. Before a restart is used, those before it still work.</summary>
    public IceCredentials Local { get; private set; }

    /// <summary>Where to send: the latest nominated path, else the latest validated one, else nowhere.</summary>
    public TransportAddress? Selected => _nominated ?? _validated.Latest;

    /// <summary>The path that the peer nominated last (RFC 8445 §8.1.1); null before it has.</summary>
    public TransportAddress? Nominated => _nominated;

    /// <summary>Authenticated checks answered with success, on all paths.</summary>
    public long ChecksAnswered { get; private set; }

    /// <summary>When the peer last proved that it wants our traffic (RFC 7675: 30 s later it no longer does); null before the first check.</summary>
    public TimeSpan? LastCheckAt { get; private set; }

    /// <summary>Whether an authenticated check has come from there.</summary>
    public bool IsValidated(TransportAddress source) => _validated.Contains(source);

    /// <summary>Whether a USERNAME's first part names this peer, now or before a restart under way.</summary>
    public bool IsNamedBy(ReadOnlySpan<byte> fragment)
        => fragment.SequenceEqual(_current.Fragment) || (_previous is { } previous && fragment.SequenceEqual(previous.Fragment));

    /// <summary>Verifies a check against the password and writes the answer to it.</summary>
    /// <param name="response">At least <see cref="MaxResponseLength"/> bytes; into a smaller one an answer may not fit, and then none is given.</param>
    /// <param name="responseLength">Bytes to send back to <paramref name="source"/>; 0 for none.</param>
    public IceLiteResult OnBindingRequest(
        in StunMessage request, TransportAddress source, TimeSpan now, Span<byte> response, out int responseLength)
    {
        responseLength = 0;
        if (request.Method != StunMethod.Binding || request.Class != StunClass.Request) return IceLiteResult.Ignored;
        if (request.HasFingerprint && !request.HasValidFingerprint()) return IceLiteResult.Ignored;
        if (!IceUsername.TryGetReceiver(request, out var fragment)) return IceLiteResult.Ignored;
        var isCurrent = fragment.SequenceEqual(_current.Fragment);
        if (!isCurrent && !IsNamedBy(fragment)) return IceLiteResult.Ignored;
        var credential = isCurrent ? _current : _previous!; // IsNamedBy: one of the two
        if (!request.HasValidIntegrity(credential.Password)) return IceLiteResult.Ignored;

        if (request.UnknownRequiredCount > 0)
        {
            responseLength = IceResponses.WriteUnknownAttribute(response, request, credential.Password);
            return IceLiteResult.UnknownAttribute;
        }

        if (request.IceControlled is not null)
        {
            responseLength = IceResponses.WriteError(response, request, StunErrorCode.RoleConflict, "Role Conflict"u8, credential.Password);
            return IceLiteResult.RoleConflict;
        }

        responseLength = IceResponses.WriteSuccess(response, request, source, credential.Password);
        if (responseLength == 0) return IceLiteResult.Ignored;
        return Note(source, isCurrent, request.HasUseCandidate, now);
    }

    /// <summary>New credentials (RFC 8445 §9). Media goes on along the old path until a check with the new ones selects another.</summary>
    public void Restart(IceCredentials credentials)
    {
        _previous = _current;
        _current = new Credential(credentials);
        Local = credentials;
    }

    private IceLiteResult Note(TransportAddress source, bool isCurrent, bool isNominated, TimeSpan now)
    {
        LastCheckAt = now;
        ChecksAnswered++;
        if (isCurrent && _previous is not null)
        {
            // The restart has arrived: only now does the old path lose its standing.
            _previous = null;
            _nominated = null;
        }

        _validated.Note(source, spared: _nominated);
        if (!isNominated) return IceLiteResult.Answered;
        _nominated = source;
        return IceLiteResult.AnsweredAndNominated;
    }

    private sealed class Credential(IceCredentials credentials)
    {
        public byte[] Fragment { get; } = Encoding.UTF8.GetBytes(credentials.UsernameFragment);

        public byte[] Password { get; } = Encoding.UTF8.GetBytes(credentials.Password);
    }
}
