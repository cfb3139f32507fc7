using AV1Relay.WebRtc;
using AV1Relay.WebRtc.Ice;
using AV1Relay.WebRtc.Stun;

namespace AV1Relay.Tests.Unit.WebRtc.Ice;

/// <summary>An IceAgent on the virtual network.</summary>
internal sealed class AgentHost(IceAgent agent) : IVirtualHost
{
    public IceAgent Agent { get; } = agent;

    public TimeSpan? NextTimeout => Agent.NextTimeout;

    public void OnTimeout(TimeSpan now) => Agent.OnTimeout(now);

    public void OnDatagram(byte[] datagram, TransportAddress local, TransportAddress remote, TimeSpan now) => Agent.OnDatagram(datagram, local, remote, now);

    public bool TryTakeDatagram(Span<byte> destination, out int length, out TransportAddress local, out TransportAddress remote)
        => Agent.TryTakeDatagram(destination, out length, out local, out remote);
}

/// <summary>The relay's side of ICE on the virtual network.</summary>
internal sealed class LiteHost(IceLiteAgent agent) : IVirtualHost
{
    private readonly Queue<(byte[] Datagram, TransportAddress Local, TransportAddress Remote)> _answers = new();

    public IceLiteAgent Agent { get; } = agent;

    public TimeSpan? NextTimeout => null;

    public void OnTimeout(TimeSpan now)
    {
    }

    public void OnDatagram(byte[] datagram, TransportAddress local, TransportAddress remote, TimeSpan now)
    {
        var response = new byte[IceLiteAgent.MaxResponseLength];
        if (StunMessage.TryParse(datagram, out var message) != StunParseError.None) return;
        Agent.OnBindingRequest(message, remote, now, response, out var length);
        if (length > 0) _answers.Enqueue((response[..length], local, remote));
    }

    public bool TryTakeDatagram(Span<byte> destination, out int length, out TransportAddress local, out TransportAddress remote)
    {
        (length, local, remote) = (0, default, default);
        if (!_answers.TryDequeue(out var answer)) return false;
        answer.Datagram.CopyTo(destination);
        (length, local, remote) = (answer.Datagram.Length, answer.Local, answer.Remote);
        return true;
    }
}
