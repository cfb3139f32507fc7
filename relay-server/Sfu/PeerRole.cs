namespace AV1Relay.Sfu;

/// <summary>What a connection is in its room. A room has at most one robot and one pupil.</summary>
public enum PeerRole
{
    Robot,
    Pupil,

    /// <summary>Receives only, and is announced before it receives anything.</summary>
    Observer,
}
