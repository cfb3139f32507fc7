using System.Buffers.Binary;
using System.Text;
using AV1Relay.Sfu.Rooms;
using AV1Relay.WebRtc;
using AV1Relay.WebRtc.Ice;

namespace AV1Relay.Sfu.Shards;

/// <summary>Finds a shard's peers: by resource id, by the ICE fragment that a check names, by the address that a datagram comes from.</summary>
/// <param name="checksPerSecond">That a peer may send from an address of its own.</param>
internal sealed class PeerTable(int checksPerSecond)
{
    /// <summary>Our own fragments have eight characters: they fit a number, and looking one up makes no string.</summary>
    public const int FragmentLength = sizeof(ulong);

    /// <summary>A connected peer keeps an address for so long after its last authentic packet from there.</summary>
    public static readonly TimeSpan AddressKeptFor = TimeSpan.FromSeconds(5);

    private readonly Dictionary<string, Peer> _byResource = new(StringComparer.Ordinal);
    private readonly Dictionary<ulong, Peer> _byFragment = [];
    private readonly Dictionary<TransportAddress, HeldAddress> _byAddress = [];

    public int Count => _byResource.Count;

    public Dictionary<string, Peer>.ValueCollection All => _byResource.Values;

    public void Add(Peer peer)
    {
        _byResource.Add(peer.ResourceId, peer);
        AddFragment(peer, peer.Ice.Local.UsernameFragment);
    }

    /// <summary>After a restart the fragment before it still leads here.</summary>
    public void AddFragment(Peer peer, string fragment)
    {
        var key = KeyOf(Encoding.ASCII.GetBytes(fragment));
        _byFragment[key] = peer;
        peer.Fragments.Add(key);
        if (peer.Fragments.Count <= 2) return; // the present one and the one before
        _byFragment.Remove(peer.Fragments[0]);
        peer.Fragments.RemoveAt(0);
    }

    /// <summary>Whether another connected peer is using the address.</summary>
    /// <remarks>A datagram's source is easily forged: a password of one's own must not cut off somebody else.</remarks>
    public bool IsKeptByAnother(Peer peer, in TransportAddress address, TimeSpan now)
        => _byAddress.TryGetValue(address, out var held) && held.Peer != peer && held.Peer.IsConnected && now - held.UsedAt < AddressKeptFor;

    /// <summary>Whoever proved an address last has it; ask <see cref="IsKeptByAnother"/> before.</summary>
    public HeldAddress NoteAddress(Peer peer, TransportAddress address, TimeSpan now)
    {
        if (_byAddress.TryGetValue(address, out var held))
        {
            held.UsedAt = now;
            if (held.Peer == peer) return held;
            held.Peer.Forget(address);
        }

        held = new HeldAddress(peer, address.Protocol, checksPerSecond) { UsedAt = now };
        _byAddress[address] = held;
        peer.Addresses.Add(address);
        if (peer.Addresses.Count <= IceLiteAgent.MaxValidatedAddresses) return held;
        for (var i = 0; i < peer.Addresses.Count; i++)
        {
            if (peer.Ice.IsValidated(peer.Addresses[i])) continue;
            _byAddress.Remove(peer.Addresses[i]);
            peer.Forget(peer.Addresses[i]);
            break;
        }

        return held;
    }

    public Peer? FindResource(string resourceId) => _byResource.GetValueOrDefault(resourceId);

    public Peer? FindFragment(ReadOnlySpan<byte> fragment)
        => fragment.Length == FragmentLength && _byFragment.TryGetValue(KeyOf(fragment), out var peer) ? peer : null;

    public HeldAddress? FindAddress(in TransportAddress address) => _byAddress.GetValueOrDefault(address);

    public void Remove(Peer peer)
    {
        _byResource.Remove(peer.ResourceId);
        foreach (var fragment in peer.Fragments) _byFragment.Remove(fragment);
        foreach (var address in peer.Addresses) _byAddress.Remove(address);
        peer.Fragments.Clear();
        peer.Addresses.Clear();
    }

    private static ulong KeyOf(ReadOnlySpan<byte> fragment) => BinaryPrimitives.ReadUInt64LittleEndian(fragment);
}
