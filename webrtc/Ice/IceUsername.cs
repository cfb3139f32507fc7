using AV1Relay.WebRtc.Stun;

namespace AV1Relay.WebRtc.Ice;

/// <summary>USERNAME of a connectivity check: "receiver's fragment:sender's fragment" (RFC 8445 §7.2.2).</summary>
public static class IceUsername
{
    /// <summary>The part that names the receiver, by which the owner of many peers finds the right one.</summary>
    /// <returns>False when the message has no USERNAME or no colon in it.</returns>
    public static bool TryGetReceiver(in StunMessage message, out ReadOnlySpan<byte> fragment)
    {
        var username = message.Username;
        var colon = username.IndexOf((byte)':');
        fragment = colon > 0 ? username[..colon] : default;
        return colon > 0;
    }
}
