using System.Text;
using AV1Relay.Sfu;
using AV1Relay.WebRtc.Sdp;
using AV1Relay.WebRtc.Stun;
using Xunit;

namespace AV1Relay.Tests.Unit.Sfu.Shards;

/// <summary>Connectivity checks as somebody writes them who has read an answer, or only its fragment.</summary>
internal static class Checks
{
    public static byte[] For(JoinOutcome.Joined joined, bool isNominating = false) => For(FragmentOf(joined), PasswordOf(joined), isNominating);

    /// <summary>Names the peer without knowing its password.</summary>
    public static byte[] Unsigned(JoinOutcome.Joined joined) => For(FragmentOf(joined), "not the password of anybody");

    public static byte[] For(string fragment, string password, bool isNominating = false)
    {
        var buffer = new byte[300];
        var writer = new StunMessageWriter(buffer, StunClass.Request, Guid.NewGuid().ToByteArray().AsSpan(0, StunTransactionId.Length));
        writer.AddUsername(Encoding.ASCII.GetBytes($"{fragment}:abcd"));
        writer.AddPriority(1);
        writer.AddIceControlling(5);
        if (isNominating) writer.AddUseCandidate();
        writer.AddMessageIntegrity(Encoding.ASCII.GetBytes(password));
        writer.AddFingerprint();
        return buffer[..writer.Finish()];
    }

    public static string FragmentOf(JoinOutcome.Joined joined) => CredentialsOf(joined).UsernameFragment;

    private static string PasswordOf(JoinOutcome.Joined joined) => CredentialsOf(joined).Password;

    private static AV1Relay.WebRtc.Ice.IceCredentials CredentialsOf(JoinOutcome.Joined joined)
    {
        Assert.True(SessionDescription.TryParse(joined.AnswerSdp, out var answer, out var error), $"{error}");
        return answer!.CredentialsOf(answer.Media[0])!; // the answer of a relay that accepted has them
    }
}
