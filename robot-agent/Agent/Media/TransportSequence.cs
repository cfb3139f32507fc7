namespace AV1Relay.RobotAgent.Media;

/// <summary>The transport-wide sequence number that all packets of a connection share, repeats included.</summary>
internal sealed class TransportSequence
{
    private ushort _next;

    public ushort Next() => _next++;
}
