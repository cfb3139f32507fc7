namespace AV1Relay.WebRtc.Ice;

/// <summary>The addresses from which authenticated checks came, most recent first; bounded.</summary>
internal sealed class ValidatedAddresses
{
    private readonly TransportAddress[] _addresses = new TransportAddress[IceLiteAgent.MaxValidatedAddresses];
    private int _count;

    public TransportAddress? Latest => _count > 0 ? _addresses[0] : null;

    public bool Contains(TransportAddress address) => _addresses.AsSpan(0, _count).Contains(address);

    /// <summary>Moves the address to the front, pushing out the one unused for longest when there is no room.</summary>
    /// <param name="spared">An address not to be pushed out: the one in use.</param>
    public void Note(TransportAddress address, TransportAddress? spared)
    {
        var index = _addresses.AsSpan(0, _count).IndexOf(address);
        if (index < 0 && _count < _addresses.Length) index = _count++;
        if (index < 0)
        {
            index = _count - 1;
            if (_addresses[index] == spared) index--;
        }

        Array.Copy(_addresses, 0, _addresses, 1, index);
        _addresses[0] = address;
    }
}
