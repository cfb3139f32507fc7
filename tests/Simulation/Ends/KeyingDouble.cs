using System.Buffers.Binary;
using System.Security.Cryptography;
using AV1Relay.WebRtc.Dtls;
using AV1Relay.WebRtc.Srtp;

namespace AV1Relay.Tests.Simulation.Ends;

/// <summary>Stands in for DTLS: four flights that may be lost and are sent again, and keys that follow from both ends' random numbers.</summary>
/// <remarks>OpenSSL's handshake timer reads the wall clock, this one's only <c>now</c>. It keeps no secrets and must never leave the tests.</remarks>
internal sealed class KeyingDouble : IDtlsSession
{
    private const int HeaderLength = 13;
    private const int MessageLength = HeaderLength + 1 + 1 + 8 + 8 + FingerprintLength;
    private const int FingerprintLength = 32;
    private const byte Handshake = 22;
    private const byte Alert = 21;

    private static readonly TimeSpan FirstRetransmission = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan LongestRetransmission = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    private readonly DtlsRole _role;
    private readonly Fingerprint _own;
    private readonly ulong _ownRandom;
    private readonly Queue<(Flight Flight, int Part)> _outgoing = new();
    private ulong _otherRandom;
    private byte _partsOfHello;
    private TimeSpan? _retransmitAt;
    private TimeSpan _retransmission = FirstRetransmission;
    private TimeSpan _deadline;
    private Flight _latest;

    public KeyingDouble(DtlsRole role, Fingerprint own, Random random)
    {
        _role = role;
        _own = own;
        _ownRandom = (ulong)random.NextInt64();
    }

    private enum Flight : byte
    {
        None,
        ClientHello,
        ServerHello,
        ClientFinished,
        ServerFinished,
        Goodbye,
    }

    public DtlsState State { get; private set; }

    public string? Failure { get; private set; }

    public TimeSpan? NextTimeout => State == DtlsState.Connecting ? (_retransmitAt < _deadline ? _retransmitAt : _deadline) : null;

    public Fingerprint? RemoteFingerprint { get; private set; }

    public SrtpProfile SrtpProfile => State == DtlsState.Connected ? SrtpProfile.AeadAes128Gcm : SrtpProfile.None;

    public static Fingerprint NewFingerprint(Random random)
    {
        var value = new byte[FingerprintLength];
        random.NextBytes(value);
        return new Fingerprint("sha-256", [.. value]);
    }

    public void Start(TimeSpan now)
    {
        State = DtlsState.Connecting;
        _deadline = now + Deadline;
        if (_role == DtlsRole.Client) Send(Flight.ClientHello, now);
    }

    public void OnDatagram(ReadOnlySpan<byte> datagram, TimeSpan now)
    {
        if (State is DtlsState.Failed or DtlsState.Closed || datagram.Length < MessageLength) return;
        var flight = (Flight)datagram[HeaderLength];
        var sender = BinaryPrimitives.ReadUInt64BigEndian(datagram[(HeaderLength + 2)..]);
        var receiver = BinaryPrimitives.ReadUInt64BigEndian(datagram[(HeaderLength + 10)..]);
        var fingerprint = datagram.Slice(HeaderLength + 18, FingerprintLength);
        if (receiver != 0 && receiver != _ownRandom) return; // meant for a session before this one
        switch (flight)
        {
            case Flight.ClientHello when _role == DtlsRole.Server && State == DtlsState.Connecting:
                _partsOfHello |= (byte)(1 << datagram[HeaderLength + 1]);
                if (_partsOfHello != 0b11) return; // it comes in two, and both are needed
                _otherRandom = sender;
                _partsOfHello = 0;
                Send(Flight.ServerHello, now);
                break;
            case Flight.ServerHello when _role == DtlsRole.Client && State == DtlsState.Connecting && _latest == Flight.ClientHello:
                _otherRandom = sender;
                RemoteFingerprint = FingerprintOf(fingerprint);
                Send(Flight.ClientFinished, now);
                break;
            case Flight.ClientFinished when _role == DtlsRole.Server && sender == _otherRandom:
                if (State == DtlsState.Connecting)
                {
                    RemoteFingerprint = FingerprintOf(fingerprint);
                    State = DtlsState.Connected;
                }

                Send(Flight.ServerFinished, now); // a lost last flight is asked for by the flight before it
                break;
            case Flight.ServerFinished when _role == DtlsRole.Client && _latest == Flight.ClientFinished && sender == _otherRandom:
                State = DtlsState.Connected;
                break;
            case Flight.Goodbye when State == DtlsState.Connected && sender == _otherRandom:
                State = DtlsState.Closed;
                break;
        }
    }

    public void OnTimeout(TimeSpan now)
    {
        if (State != DtlsState.Connecting) return;
        if (now >= _deadline)
        {
            State = DtlsState.Failed;
            Failure = "The handshake took too long.";
        }
        else if (_retransmitAt is { } due && now >= due && _latest != Flight.None)
        {
            _retransmission = TimeSpan.FromTicks(Math.Min(2 * _retransmission.Ticks, LongestRetransmission.Ticks));
            Send(_latest, now);
        }
    }

    public bool TryTakeDatagram(Span<byte> destination, out int length)
    {
        length = 0;
        if (!_outgoing.TryDequeue(out var message)) return false;
        length = LengthOf(message.Flight, message.Part);
        var datagram = destination[..length];
        datagram.Clear();
        datagram[0] = message.Flight == Flight.Goodbye ? Alert : Handshake;
        (datagram[1], datagram[2]) = (0xFE, 0xFD);
        BinaryPrimitives.WriteUInt16BigEndian(datagram[11..], (ushort)(length - HeaderLength));
        datagram[HeaderLength] = (byte)message.Flight;
        datagram[HeaderLength + 1] = (byte)message.Part;
        BinaryPrimitives.WriteUInt64BigEndian(datagram[(HeaderLength + 2)..], _ownRandom);
        BinaryPrimitives.WriteUInt64BigEndian(datagram[(HeaderLength + 10)..], _otherRandom);
        _own.Value.AsSpan().CopyTo(datagram[(HeaderLength + 18)..]);
        return true;
    }

    public void ExportSrtpKeys(Span<byte> keyingMaterial)
    {
        if (State != DtlsState.Connected) throw new InvalidOperationException("There are no keys before the handshake is done.");
        Span<byte> input = stackalloc byte[17];
        var (client, server) = _role == DtlsRole.Client ? (_ownRandom, _otherRandom) : (_otherRandom, _ownRandom);
        BinaryPrimitives.WriteUInt64BigEndian(input, client);
        BinaryPrimitives.WriteUInt64BigEndian(input[8..], server);
        Span<byte> hash = stackalloc byte[32];
        while (!keyingMaterial.IsEmpty)
        {
            input[16]++;
            SHA256.HashData(input, hash);
            var taken = Math.Min(hash.Length, keyingMaterial.Length);
            hash[..taken].CopyTo(keyingMaterial);
            keyingMaterial = keyingMaterial[taken..];
        }
    }

    public void Close()
    {
        if (State == DtlsState.Connected) _outgoing.Enqueue((Flight.Goodbye, 0));
        if (State != DtlsState.Failed) State = DtlsState.Closed;
    }

    public void Dispose() => State = State == DtlsState.Failed ? DtlsState.Failed : DtlsState.Closed;

    private void Send(Flight flight, TimeSpan now)
    {
        if (flight != _latest) _retransmission = FirstRetransmission;
        _latest = flight;
        _retransmitAt = now + _retransmission;
        var parts = flight is Flight.ClientHello or Flight.ServerHello ? 2 : 1;
        for (var part = 0; part < parts; part++) _outgoing.Enqueue((flight, part));
    }

    /// <summary>About the sizes of Chromium's and OpenSSL's flights.</summary>
    private static int LengthOf(Flight flight, int part) => (flight, part) switch
    {
        (Flight.ClientHello, 0) => IDtlsSession.MaxDatagramLength,
        (Flight.ClientHello, _) => 263,
        (Flight.ServerHello, 0) => 900,
        (Flight.ServerHello, _) => 200,
        (Flight.ClientFinished, _) => 780,
        (Flight.ServerFinished, _) => 240,
        _ => MessageLength,
    };

    private static Fingerprint FingerprintOf(ReadOnlySpan<byte> value) => new("sha-256", [.. value]);
}
