using System.Buffers;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using AV1Relay.WebRtc.Srtp;

namespace AV1Relay.WebRtc.Dtls;

/// <summary>DTLS 1.2 by OpenSSL over memory BIOs.</summary>
/// <remarks>
/// OpenSSL would time its retransmissions by the wall clock, which a sans-I/O session must not read. Its timer callback is used instead
/// to have each flight written several times at once, every copy with record numbers of its own; the first goes out, the others wait here
/// for our own timeouts (Dtls/README.md).
/// </remarks>
public sealed unsafe class DtlsSession : IDtlsSession
{
    private const int LongestPlaintext = 16 * 1024;
    private const int MostRecordsADatagram = 64;
    private const int MostCopies = 10; // OpenSSL gives up a flight after twelve
    private const uint ExpireAtOnce = 1; // microseconds
    private const uint NeverExpire = uint.MaxValue; // 71 minutes: the deadline comes first
    private const string ExporterLabel = "EXTRACTOR-dtls_srtp"; // RFC 5764 §4.2

    /// <summary>Whose native call the timer callback belongs to: it runs inside that call, on its thread.</summary>
    [ThreadStatic]
    private static DtlsSession? s_running;

    private readonly DtlsLimits _limits;
    private readonly IDtlsApplicationDataSink? _applicationData;
    private readonly SslHandle _ssl;
    private nint _input;
    private nint _pendingOutput;
    private readonly DtlsInputFilter _filter;
    private readonly DtlsOutput _output = new();
    private readonly List<int> _flightEnds = [];
    private readonly int _copiesPerFlight;
    private readonly DtlsRole _role;
    private TimeSpan _deadline;
    private TimeSpan? _retransmitAt;
    private TimeSpan _retransmitAfter;
    private byte[]? _remoteCertificate;

    /// <summary>A session of its own; application data is dropped unless there is a sink for it.</summary>
    /// <exception cref="CryptographicException">OpenSSL could not make a session (out of memory).</exception>
    public DtlsSession(DtlsContext context, DtlsRole role, DtlsLimits? limits = null, IDtlsApplicationDataSink? applicationData = null)
    {
        ArgumentNullException.ThrowIfNull(context);
        _role = role;
        _limits = limits ?? DtlsLimits.Default;
        _applicationData = applicationData;
        _filter = new DtlsInputFilter(role, _limits);
        _copiesPerFlight = CountRetransmissions(_limits);

        LibSsl.ClearErrors();
        _ssl = new SslHandle(LibSsl.SessionNew(context.Handle));
        if (_ssl.IsInvalid || !TryGiveBios())
        {
            _ssl.Dispose();
            throw new CryptographicException($"OpenSSL could not make a DTLS session: {LibSsl.TakeErrorText()}.");
        }

        LibSsl.Control(_ssl, LibSsl.ControlSetMtu, IDtlsSession.MaxDatagramLength, null);
        LibSsl.SetTimerCallback(_ssl, &OnOpenSslTimer);
        if (role == DtlsRole.Client) LibSsl.SetConnectState(_ssl);
        else LibSsl.SetAcceptState(_ssl);
    }

    public DtlsState State { get; private set; }

    public string? Failure { get; private set; }

    public bool HasExpired { get; private set; }

    public long RefusedRecords => _filter.OverLimit;

    public TimeSpan? NextTimeout => State != DtlsState.Connecting ? null : _retransmitAt < _deadline ? _retransmitAt : _deadline;

    public Fingerprint? RemoteFingerprint { get; private set; }

    public SrtpProfile SrtpProfile { get; private set; }

    public string? CipherSuite => State == DtlsState.Connected && LibSsl.CurrentCipher(_ssl) is not 0 and var cipher
        ? Marshal.PtrToStringAnsi(LibSsl.CipherStandardName(cipher))
        : null;

    public int? ProtocolVersion => State == DtlsState.Connected ? LibSsl.Version(_ssl) : null;

    /// <summary>Whether a datagram is DTLS by its first byte (RFC 7983 §7).</summary>
    public static bool LooksLikeDtls(ReadOnlySpan<byte> datagram) => datagram.Length >= DtlsRecord.HeaderLength && datagram[0] is >= 20 and <= 63;

    public void Start(TimeSpan now)
    {
        if (State != DtlsState.New || _ssl.IsClosed) return;
        State = DtlsState.Connecting;
        _deadline = now + _limits.Deadline;
        if (_role == DtlsRole.Client) ContinueHandshake(now);
    }

    public void OnDatagram(ReadOnlySpan<byte> datagram, TimeSpan now)
    {
        if (_ssl.IsClosed || State is not (DtlsState.Connecting or DtlsState.Connected)) return;
        if (State == DtlsState.Connecting && now >= _deadline)
        {
            OnTimeout(now);
            return;
        }

        if (!FeedAdmitted(datagram)) return;
        if (State == DtlsState.Connecting) ContinueHandshake(now);
        else ReadOnceConnected();
        GC.KeepAlive(_ssl);
    }

    public void OnTimeout(TimeSpan now)
    {
        if (State != DtlsState.Connecting) return;
        if (now >= _deadline)
        {
            HasExpired = true;
            var hint = _filter.AlertSeen is { } alert ? $"; the peer sent alert {alert}, unauthenticated" : "";
            Fail($"The DTLS handshake was not done within {_limits.Deadline.TotalSeconds:0.#} s{hint}.");
            return;
        }

        if (now < _retransmitAt || _retransmitAt is null) return;
        _output.ReleaseCopy();
        _retransmitAfter = Min(_retransmitAfter * 2, _limits.LongestRetransmission);
        _retransmitAt = _output.HasCopies ? now + _retransmitAfter : null;
    }

    public void OnSent(TimeSpan now)
    {
        if (_retransmitAt is not null && _output.HasNew) _retransmitAt = now + _retransmitAfter;
    }

    public bool TryTakeDatagram(Span<byte> destination, out int length) => _output.TryTake(destination, out length);

    public bool RemoteMatches(Fingerprint expected)
    {
        ArgumentNullException.ThrowIfNull(expected);
        return _remoteCertificate is not null && expected.IsOf(_remoteCertificate);
    }

    public void ExportSrtpKeys(Span<byte> keyingMaterial)
    {
        if (State != DtlsState.Connected || SrtpProfile == SrtpProfile.None)
            throw new InvalidOperationException("There are no SRTP keys before the handshake has agreed on a profile.");
        ArgumentOutOfRangeException.ThrowIfNotEqual(keyingMaterial.Length, SrtpProfiles.KeyingMaterialLength(SrtpProfile));

        LibSsl.ClearErrors();
        fixed (byte* output = keyingMaterial)
        {
            var exported = LibSsl.ExportKeyingMaterial(
                _ssl, output, (nuint)keyingMaterial.Length, ExporterLabel, (nuint)ExporterLabel.Length, null, 0, 0);
            if (exported != 1) throw new CryptographicException($"OpenSSL could not export the SRTP keys: {LibSsl.TakeErrorText()}.");
        }
    }

    /// <summary>Sends one record of application data. False when not connected, or longer than a datagram holds.</summary>
    public bool TrySendApplicationData(ReadOnlySpan<byte> data)
    {
        const int RecordOverhead = DtlsRecord.HeaderLength + 8 + 16; // explicit nonce and tag of AES-GCM (RFC 5288 §3)
        if (State != DtlsState.Connected || data.IsEmpty || data.Length > IDtlsSession.MaxDatagramLength - RecordOverhead) return false;

        if (!TryTakeBuffers()) return false;
        bool isWritten;
        fixed (byte* bytes = data) isWritten = LibSsl.Write(_ssl, bytes, data.Length) == data.Length;
        CollectOutput(now: default);
        GiveBuffersBack();
        return isWritten;
    }

    public void Close()
    {
        if (_ssl.IsClosed || State is not (DtlsState.Connecting or DtlsState.Connected)) return;
        if (State == DtlsState.Connected && TryTakeBuffers())
        {
            LibSsl.Shutdown(_ssl);
            CollectOutput(now: default);
            GiveBuffersBack();
        }

        End(DtlsState.Closed);
    }

    public void Dispose()
    {
        if (State is DtlsState.Connecting or DtlsState.Connected) End(DtlsState.Closed);
        _ssl.Dispose();
    }

    /// <summary>Called by OpenSSL when it starts its timer (0) and when it finds it expired (what we last returned).</summary>
    [UnmanagedCallersOnly]
    private static uint OnOpenSslTimer(nint ssl, uint microseconds)
    {
        if (s_running is not { } session) return NeverExpire;
        if (microseconds != 0) session._flightEnds.Add((int)LibSsl.BioPending(session._pendingOutput)); // a whole flight has been written
        return session._flightEnds.Count < session._copiesPerFlight ? ExpireAtOnce : NeverExpire;
    }

    private static int CountRetransmissions(DtlsLimits limits)
    {
        var count = 0;
        var wait = limits.FirstRetransmission;
        for (var at = wait; at < limits.Deadline && count < MostCopies; at += wait)
        {
            count++;
            wait = Min(wait * 2, limits.LongestRetransmission);
        }

        return count;
    }

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;

    private bool FeedAdmitted(ReadOnlySpan<byte> datagram)
    {
        var isConnected = State == DtlsState.Connected;
        var hasFed = false;
        for (var i = 0; i < MostRecordsADatagram && DtlsRecord.TryTake(ref datagram, out var record); i++)
        {
            if (!(isConnected ? _filter.AdmitsOnceConnected(record) : _filter.AdmitsDuringHandshake(record))) continue;
            hasFed |= record.IsVersion12 ? Feed(record.Bytes) : FeedAsVersion12(record.Bytes);
        }

        return hasFed;
    }

    /// <summary>Once the version is settled, OpenSSL drops the header of a record that says another, and reads its body as further records.</summary>
    private bool FeedAsVersion12(ReadOnlySpan<byte> record)
        => Feed(record[..2]) && Feed([DtlsRecord.VersionMinor12]) && Feed(record[3..]);

    private bool Feed(ReadOnlySpan<byte> bytes)
    {
        fixed (byte* start = bytes) return LibSsl.BioWrite(_input, start, bytes.Length) == bytes.Length;
    }

    private void ContinueHandshake(TimeSpan now)
    {
        _flightEnds.Clear();
        LibSsl.ClearErrors();
        s_running = this;
        int result, error;
        try
        {
            result = LibSsl.DoHandshake(_ssl);
            error = result == 1 ? 0 : LibSsl.GetError(_ssl, result);
        }
        finally
        {
            s_running = null;
        }

        CollectOutput(now);
        if (result == 1) Connect();
        else if (error != LibSsl.ErrorWantRead) Fail($"The DTLS handshake failed: {LibSsl.TakeErrorText()}.");
    }

    private void Connect()
    {
        if (LibSsl.Control(_ssl, LibSsl.ControlExtendedMasterSecret, 0, null) != 1)
        {
            Fail("The peer's DTLS does not know the extended master secret (RFC 7627).");
            return;
        }

        _remoteCertificate = CopyPeerCertificate();
        if (_remoteCertificate is null)
        {
            Fail("The peer showed no certificate.");
            return;
        }

        RemoteFingerprint = Fingerprint.OfCertificate(_remoteCertificate);
        SrtpProfile = ReadSelectedProfile();
        _output.DropCopies();
        _retransmitAt = null;
        State = DtlsState.Connected;
        ShrinkToConnected();
    }

    /// <summary>What the handshake needed most of, a connection hardly uses: a hundred kilobytes that would be kept for each pupil's whole lesson.</summary>
    private void ShrinkToConnected()
    {
        ReadOnceConnected(); // what came in one datagram with the last flight: OpenSSL has read ahead, and would keep its buffers
        if (State != DtlsState.Connected) return;
        if (!TryGiveBios()) LibSsl.ClearErrors(); // the old ones are kept
        GiveBuffersBack();
    }

    /// <summary>Empty BIOs in place of those there may be: a memory BIO never gives back what it has grown to.</summary>
    private bool TryGiveBios()
    {
        var (input, output) = (LibSsl.BioNew(LibSsl.BioMemoryMethod()), LibSsl.BioNew(LibSsl.BioMemoryMethod()));
        if (input == 0 || output == 0)
        {
            LibSsl.BioFree(input);
            LibSsl.BioFree(output);
            return false;
        }

        LibSsl.SetBio(_ssl, input, output); // frees the earlier ones
        (_input, _pendingOutput) = (input, output);
        return true;
    }

    /// <summary>To be called before OpenSSL reads or writes once connected: OpenSSL 3.0 writes alerts without looking whether it has a buffer.</summary>
    private bool TryTakeBuffers()
    {
        LibSsl.ClearErrors();
        return LibSsl.AllocateBuffers(_ssl) == 1;
    }

    private void GiveBuffersBack()
    {
        LibSsl.FreeBuffers(_ssl);
        LibSsl.ClearErrors();
    }

    private void ReadOnceConnected()
    {
        if (!TryTakeBuffers()) return; // out of memory: DTLS lives with a lost datagram
        var buffer = ArrayPool<byte>.Shared.Rent(LongestPlaintext);
        try
        {
            for (var i = 0; i < MostRecordsADatagram; i++)
            {
                LibSsl.ClearErrors();
                int length, error;
                fixed (byte* bytes = buffer)
                {
                    length = LibSsl.Read(_ssl, bytes, LongestPlaintext);
                    error = length > 0 ? 0 : LibSsl.GetError(_ssl, length);
                }

                if (length > 0)
                {
                    _applicationData?.OnApplicationData(buffer.AsSpan(0, length));
                    continue;
                }

                if (error == LibSsl.ErrorZeroReturn) End(DtlsState.Closed);
                else if (error != LibSsl.ErrorWantRead) Fail($"The DTLS session ended: {LibSsl.TakeErrorText()}.");
                break;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
            GiveBuffersBack();
        }

        if (LibSsl.BioPending(_pendingOutput) == 0) return;
        _filter.CountRepeatedFinished();
        CollectOutput(now: default);
    }

    /// <summary>Takes what OpenSSL wrote: the first copy of a flight goes out, the others wait for the timer.</summary>
    private void CollectOutput(TimeSpan now)
    {
        var length = (int)LibSsl.BioPending(_pendingOutput);
        if (length == 0) return;

        var buffer = ArrayPool<byte>.Shared.Rent(length);
        fixed (byte* bytes = buffer) length = LibSsl.BioRead(_pendingOutput, bytes, length);
        GC.KeepAlive(_ssl);
        var written = buffer.AsSpan(0, Math.Max(length, 0));

        _output.DropCopies(); // whatever is new answers something newer
        var start = 0;
        for (var i = 0; i <= _flightEnds.Count; i++)
        {
            var end = i < _flightEnds.Count ? _flightEnds[i] : written.Length;
            if (i == 0) _output.AddRecords(written[start..end]);
            else _output.KeepCopy(written[start..end]);
            start = end;
        }

        ArrayPool<byte>.Shared.Return(buffer);
        _flightEnds.Clear();
        _retransmitAfter = _limits.FirstRetransmission;
        _retransmitAt = _output.HasCopies ? now + _retransmitAfter : null;
    }

    private byte[]? CopyPeerCertificate()
    {
        var certificate = LibSsl.GetPeerCertificate(_ssl);
        if (certificate == 0) return null;
        try
        {
            var length = LibSsl.CertificateToDer(certificate, null);
            if (length <= 0 || length > _limits.MaxMessageBytes) return null;
            var der = new byte[length];
            fixed (byte* start = der)
            {
                var end = start; // i2d moves the pointer that it is given
                return LibSsl.CertificateToDer(certificate, &end) == length ? der : null;
            }
        }
        finally
        {
            LibSsl.CertificateFree(certificate);
        }
    }

    private SrtpProfile ReadSelectedProfile()
    {
        var selected = LibSsl.GetSelectedSrtpProfile(_ssl);
        var profile = selected == 0 ? SrtpProfile.None : (SrtpProfile)((nuint*)selected)[1];
        GC.KeepAlive(_ssl);
        return Enum.IsDefined(profile) ? profile : SrtpProfile.None;
    }

    private void Fail(string words)
    {
        Failure = words;
        End(DtlsState.Failed);
    }

    private void End(DtlsState state)
    {
        State = state;
        _retransmitAt = null;
        _output.DropCopies();
        LibSsl.ClearErrors();
    }
}
