using System.Text;

namespace AV1Relay.WebRtc.Ice;

/// <summary>The credentials of both sides between two restarts, as bytes.</summary>
internal sealed class IceGeneration(IceCredentials local)
{
    public IceCredentials Local { get; } = local;

    public byte[] LocalFragment { get; } = Encoding.ASCII.GetBytes(local.UsernameFragment);

    public byte[] LocalPassword { get; } = local.PasswordBytes();

    /// <summary>Null until the peer's description has come.</summary>
    public IceCredentials? Remote { get; private set; }

    public byte[] RemotePassword { get; private set; } = [];

    /// <summary>USERNAME of checks that we send.</summary>
    public byte[] OutgoingUsername { get; private set; } = [];

    /// <summary>USERNAME of checks that the peer sends.</summary>
    public byte[] IncomingUsername { get; private set; } = [];

    public bool RemoteIsLite { get; private set; }

    public void SetRemote(IceCredentials remote, bool isLite)
    {
        Remote = remote;
        RemoteIsLite = isLite;
        RemotePassword = remote.PasswordBytes();
        OutgoingUsername = Encoding.ASCII.GetBytes($"{remote.UsernameFragment}:{Local.UsernameFragment}");
        IncomingUsername = Encoding.ASCII.GetBytes($"{Local.UsernameFragment}:{remote.UsernameFragment}");
    }
}
