using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AV1Relay.Hardware.Audio;
using AV1Relay.RobotAgent.Safety;
using AV1Relay.RobotAgent.State;
using AV1Relay.Tests.Unit.RobotAgent.Safety;
using Xunit;

namespace AV1Relay.Tests.Unit.RobotAgent.State;

public sealed class StateFolderTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("av1relay-state");

    private string Path => System.IO.Path.Combine(_folder.FullName, "robot");

    [Fact]
    public void The_folder_and_every_file_are_their_owners_alone()
    {
        if (OperatingSystem.IsWindows()) return; // rights are different there
        Directory.CreateDirectory(Path);
        File.SetUnixFileMode(Path, (UnixFileMode)0b111_111_111);
        var state = StateFolder.Open(Path);
        Save(state);
        state.SaveLastTime(DateTimeOffset.UnixEpoch);
        state.SaveFencingMark(new(7, null));

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Path));
        var files = Directory.GetFiles(Path);
        Assert.Equal(6, files.Length);
        foreach (var file in files) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    [Fact]
    public void What_enrolment_gave_comes_back()
    {
        var state = StateFolder.Open(Path);
        Assert.False(state.IsEnrolled);
        Save(state);

        using var identity = state.LoadIdentity();

        Assert.Equal("robot-7", identity.Name);
        Assert.True(identity.Certificate.HasPrivateKey);
        Assert.False(identity.Authority.HasPrivateKey);
    }

    [Fact]
    public void A_robot_that_is_not_enrolled_is_told_how()
    {
        var problem = Assert.Throws<StateException>(() => StateFolder.Open(Path).LoadIdentity());

        Assert.Contains("robot-agent enroll", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("robot.key")]
    [InlineData("robot.crt")]
    [InlineData("authority.crt")]
    public void A_damaged_file_is_told_in_words(string file)
    {
        var state = StateFolder.Open(Path);
        Save(state);
        File.WriteAllText(System.IO.Path.Combine(Path, file), "not what it was");

        Assert.Contains("Enrol the robot again", Assert.Throws<StateException>(state.LoadIdentity).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_last_time_comes_back_and_a_damaged_one_is_none()
    {
        var state = StateFolder.Open(Path);
        Assert.Null(state.LoadLastTime());
        var time = new DateTimeOffset(2026, 11, 2, 10, 5, 0, TimeSpan.FromHours(1));

        state.SaveLastTime(time);
        Assert.Equal(time, state.LoadLastTime());
        foreach (var damaged in (string[])["yesterday", "", "9999-12-31T23:59:59.0000000+00:00"])
        {
            File.WriteAllText(System.IO.Path.Combine(Path, "last-time"), damaged);
            Assert.Null(state.LoadLastTime());
        }
    }

    [Fact]
    public void The_domains_key_comes_back()
    {
        var state = StateFolder.Open(Path);
        var pinned = Save(state);

        using var key = state.LoadDomainKey();

        Assert.Equal(pinned, key.ExportSubjectPublicKeyInfo());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("not what it was")]
    public void A_state_without_the_domains_key_tells_to_enrol_again(string? content)
    {
        var state = StateFolder.Open(Path);
        Save(state);
        var file = System.IO.Path.Combine(Path, "domain.pem");
        if (content is null) File.Delete(file);
        else File.WriteAllText(file, content);

        Assert.Contains("Enrol the robot again", Assert.Throws<StateException>(state.LoadDomainKey).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_mark_of_the_grants_taken_comes_back()
    {
        var state = StateFolder.Open(Path);
        Assert.Equal(FencingMark.None, state.LoadFencingMark());
        var mark = FencingMark.Of(SafetyFixture.AGrant(7));

        state.SaveFencingMark(mark);

        Assert.Equal(mark, state.LoadFencingMark());
    }

    [Fact]
    public void A_damaged_mark_is_not_taken_for_none()
    {
        var state = StateFolder.Open(Path);
        Directory.CreateDirectory(Path);
        File.WriteAllText(System.IO.Path.Combine(Path, "fencing"), "");

        Assert.Contains("Enrol the robot again", Assert.Throws<StateException>(state.LoadFencingMark).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_robot_that_is_enrolled_again_begins_to_count_anew()
    {
        var state = StateFolder.Open(Path);
        state.SaveFencingMark(new(7, null));
        state.SaveLastTime(new(2036, 1, 1, 0, 0, 0, TimeSpan.Zero)); // by a relay whose clock was wrong

        Save(state);

        Assert.Equal(FencingMark.None, state.LoadFencingMark());
        Assert.Null(state.LoadLastTime());
    }

    [Fact]
    public void A_write_that_fails_is_told_in_words_and_leaves_the_earlier_file()
    {
        var state = StateFolder.Open(Path);
        state.SaveLastTime(DateTimeOffset.UnixEpoch);
        Directory.CreateDirectory(System.IO.Path.Combine(Path, "last-time.tmp")); // stands in the way, as a full disk would

        var problem = Assert.Throws<StateException>(() => state.SaveLastTime(DateTimeOffset.UnixEpoch.AddDays(1)));

        Assert.Contains("can't be written", problem.Message, StringComparison.Ordinal);
        Assert.Equal(DateTimeOffset.UnixEpoch, state.LoadLastTime());
    }

    [Theory]
    [InlineData("1\n", 1)]
    [InlineData("7", 7)]
    [InlineData("40", SpeakerVolume.Loudest)]
    [InlineData("-3", 5)]
    [InlineData("loud", 5)]
    [InlineData("", 5)]
    public void The_volume_comes_back_and_what_is_no_volume_is_the_normal_one(string kept, int level)
    {
        var state = StateFolder.Open(Path);
        Assert.Equal(SpeakerVolume.Normal, state.LoadVolume());
        state.SaveVolume(new(3));
        Assert.Equal(new SpeakerVolume(3), state.LoadVolume());

        File.WriteAllText(System.IO.Path.Combine(Path, "volume"), kept);

        Assert.Equal(new SpeakerVolume(level), state.LoadVolume());
    }

    public void Dispose() => _folder.Delete(recursive: true);

    /// <returns>The domain's key, DER.</returns>
    private static byte[] Save(StateFolder state)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=robot-7", key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(90));
        using var domainKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var pinned = domainKey.ExportSubjectPublicKeyInfo();
        state.SaveIdentity(key, certificate, certificate, pinned);
        return pinned;
    }
}
