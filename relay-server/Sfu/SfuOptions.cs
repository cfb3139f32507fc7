using System.ComponentModel.DataAnnotations;
using System.Net;
using System.Net.Sockets;
using AV1Relay.WebRtc.Dtls;
using Microsoft.Extensions.Options;

namespace AV1Relay.Sfu;

/// <summary>Addresses, limits and times of the media relay. A bad value stops start-up with a message that names it.</summary>
public sealed class SfuOptions : IValidatableObject
{
    /// <summary>IP addresses that answers advertise; one candidate each.</summary>
    [Required, MinLength(1), MaxLength(8)]
    public IReadOnlyList<string> MediaAddresses { get; init; } = ["127.0.0.1"];

    /// <summary>UDP port of the first shard, as advertised; shard i has the i-th after it. 0: whatever the socket got (tests).</summary>
    [Range(0, 65535)]
    public int MediaPort { get; init; } = 20000; // below the ephemeral range

    /// <summary>Address and port that the first shard's socket binds to; null: the media address, or with several of them any, on the media port.</summary>
    public string? MediaBind { get; init; }

    /// <summary>Threads, sockets and ports. 0: one a core.</summary>
    [Range(0, 256)]
    public int Shards { get; init; }

    /// <summary>How long a silent peer keeps its place, in seconds.</summary>
    [Range(5, 600)]
    public int PeerTimeoutSeconds { get; init; } = 90;

    /// <summary>Rooms of the whole relay.</summary>
    [Range(1, 100_000)]
    public int MaxSessions { get; init; } = 2_000;

    [Range(0, 64)]
    public int MaxObserversPerSession { get; init; } = 4;

    /// <summary>Connections of the whole relay.</summary>
    [Range(1, 1_000_000)]
    public int MaxPeers { get; init; } = 8_000;

    /// <summary>SSRCs that a connection may have each way, RTP and RTCP each.</summary>
    [Range(4, 256)]
    public int MaxSourcesPerPeer { get; init; } = 16;

    /// <summary>STUN messages a second that one source may send in one peer's name before it has proved anything; twice as many at once.</summary>
    [Range(10, 100_000)]
    public int ChecksPerSecondPerSource { get; init; } = 100;

    /// <summary>Of all strangers to one shard together: bounds what their HMACs cost.</summary>
    [Range(100, 1_000_000)]
    public int ChecksPerSecondPerShard { get; init; } = 10_000;

    /// <summary>Sources that one shard keeps apart; some 32 bytes each, taken at the start.</summary>
    [Range(64, 1 << 20)]
    public int MaxTrackedSources { get; init; } = 4_096;

    /// <summary>Requests from HTTP that wait for a shard; a join beyond them is answered 503.</summary>
    [Range(16, 65_536)]
    public int CommandQueueLength { get; init; } = 1_024;

    /// <summary>From a peer's first valid check to the end of its DTLS handshake, in seconds.</summary>
    [Range(1, 60)]
    public int HandshakeDeadlineSeconds { get; init; } = 10;

    /// <summary>All messages of a peer's handshake together, by the lengths that they declare.</summary>
    [Range(16_384, 1 << 20)]
    public int HandshakeReassemblyBytes { get; init; } = 48 << 10;

    /// <summary>Records of the next epoch that a handshake may hold, each with a buffer of some 17 kB in OpenSSL.</summary>
    [Range(1, 64)]
    public int HandshakeEarlyRecords { get; init; } = 8;

    /// <summary>DTLS handshakes under way in one shard; a peer beyond this waits for its next connectivity check.</summary>
    [Range(1, 10_000)]
    public int MaxHandshakesPerShard { get; init; } = 256;

    /// <summary>Characters of an offer or a fragment.</summary>
    [Range(1_024, 65_536)]
    public int MaxSdpLength { get; init; } = 65_536;

    /// <summary>What a published video stream keeps to answer NACKs from, in bytes.</summary>
    [Range(65_536, 16 << 20)]
    public int HistoryBytesPerStream { get; init; } = 128 << 10; // half a second at 2 Mbit/s

    /// <summary>
    /// For endurance runs: where outgoing sequence numbers and transport-wide numbers begin (timestamps then begin ten seconds before their wrap, too).
    /// −1: at random below 2^15, as it has to be where the first packets may get lost (RFC 3711 §3.3.1).
    /// </summary>
    [Range(-1, 65_535)]
    public int FirstSequenceNumber { get; init; } = -1;

    /// <summary>Shortest time between two keyframe requests to a publisher, in milliseconds; those between are merged.</summary>
    [Range(50, 5_000)]
    public int KeyframeIntervalMilliseconds { get; init; } = 300;

    /// <summary>The most that a publisher that asks for a bandwidth estimate (goog-remb) is told, in bits a second: less where the pupil's way carries less.</summary>
    [Range(100_000, 50_000_000)]
    public int PublisherBitrateBps { get; init; } = 2_500_000;

    internal DtlsLimits HandshakeLimits => new()
    {
        Deadline = TimeSpan.FromSeconds(HandshakeDeadlineSeconds),
        MaxReassemblyBytes = HandshakeReassemblyBytes,
        MaxEarlyRecords = HandshakeEarlyRecords,
    };

    internal int ShardCount => Shards == 0 ? Environment.ProcessorCount : Shards;

    /// <summary>Where the given shard's socket binds.</summary>
    public IPEndPoint BindOf(int shard)
    {
        var first = MediaBind is null ? new IPEndPoint(DefaultBindAddress(), MediaPort) : IPEndPoint.Parse(MediaBind);
        return first.Port == 0 ? first : new IPEndPoint(first.Address, first.Port + shard);
    }

    private IPAddress DefaultBindAddress()
    {
        var addresses = MediaAddresses.Select(IPAddress.Parse).ToArray();
        if (addresses.Length == 1) return addresses[0];
        return addresses.Any(address => address.AddressFamily == AddressFamily.InterNetworkV6) ? IPAddress.IPv6Any : IPAddress.Any;
    }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var address in MediaAddresses)
        {
            if (!IPAddress.TryParse(address, out _))
                yield return new ValidationResult($"'{address}' is not an IP address: write the address that peers reach this relay at.", [nameof(MediaAddresses)]);
        }

        if (MediaBind is not null && (!IPEndPoint.TryParse(MediaBind, out var bind) || bind.Port + ShardCount > 65_536))
            yield return new ValidationResult($"'{MediaBind}' is not ADDRESS:PORT with room for one port a shard above it.", [nameof(MediaBind)]);
        if (MediaPort + ShardCount > 65_536)
            yield return new ValidationResult("There is no room for one port a shard above this one.", [nameof(MediaPort)]);
    }
}

/// <summary>Checks ranges without reflection.</summary>
[OptionsValidator]
public sealed partial class SfuOptionsValidator : IValidateOptions<SfuOptions>;
