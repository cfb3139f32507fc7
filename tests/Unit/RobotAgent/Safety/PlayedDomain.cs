using System.Security.Cryptography;
using AV1Relay.Protos;
using AV1Relay.Protos.V1;
using AV1Relay.RobotAgent.Safety;
using Google.Protobuf;

namespace AV1Relay.Tests.Unit.RobotAgent.Safety;

/// <summary>A domain with its key, as a relay speaks for it.</summary>
internal sealed class PlayedDomain : IDisposable
{
    public const string RobotName = "robot-7";

    public ECDsa Key { get; } = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    /// <summary>A robot's that was enrolled with this domain.</summary>
    public GrantVerifier Verifier(bool publishesInTheClear = false)
    {
        var pinned = ECDsa.Create();
        pinned.ImportSubjectPublicKeyInfo(Key.ExportSubjectPublicKeyInfo(), out _);
        return new GrantVerifier(pinned, RobotName, publishesInTheClear);
    }

    public static GrantStatement AStatement(ulong fencingNumber = 3) => new()
    {
        Purpose = GrantSignature.Purpose,
        Version = GrantSignature.Version,
        RobotName = RobotName,
        Session = "lesson",
        FencingNumber = fencingNumber,
        NotBeforeUnixMs = SafetyFixture.Morning.AddMinutes(-1).ToUnixTimeMilliseconds(),
        NotAfterUnixMs = SafetyFixture.Morning.AddMinutes(45).ToUnixTimeMilliseconds(),
        Capabilities = { Enum.GetValues<Capability>() },
    };

    public Grant Sign(GrantStatement statement) => Sign(statement.ToByteArray());

    public Grant Sign(byte[] statement) => new()
    {
        Session = "lesson",
        WhipUrl = "http://127.0.0.1/whip/lesson",
        WhipToken = "secret",
        Statement = ByteString.CopyFrom(statement),
        Signature = ByteString.CopyFrom(GrantSignature.Sign(Key, statement)),
    };

    public void Dispose() => Key.Dispose();
}
