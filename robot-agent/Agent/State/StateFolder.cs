using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AV1Relay.Hardware.Audio;
using AV1Relay.RobotAgent.Safety;

namespace AV1Relay.RobotAgent.State;

/// <summary>The robot's own folder: key, certificates, the last known time, the mark of the grants taken, whether the curtain is drawn, and the volume. Nothing else is ever written, and never media.</summary>
internal sealed class StateFolder
{
    private const string KeyFile = "robot.key";
    private const string CertificateFile = "robot.crt";
    private const string AuthorityFile = "authority.crt";
    private const string DomainKeyFile = "domain.pem";
    private const string LastTimeFile = "last-time";
    private const string FencingFile = "fencing";
    private const string CurtainFile = "curtain";
    private const string VolumeFile = "volume";

    private StateFolder(string path) => Path = path;

    public string Path { get; }

    public bool IsEnrolled => File.Exists(In(CertificateFile)) && File.Exists(In(KeyFile)) && File.Exists(In(AuthorityFile));

    /// <summary>Makes the folder, or tightens the rights of one that is there: nobody but its owner looks in.</summary>
    /// <exception cref="StateException">It can't be made or is not ours; the message says what to do.</exception>
    public static StateFolder Open(string path)
    {
        var full = System.IO.Path.GetFullPath(path);
        try
        {
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(full);
            }
            else
            {
                const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
                Directory.CreateDirectory(full, OwnerOnly);
                if (File.GetUnixFileMode(full) != OwnerOnly) File.SetUnixFileMode(full, OwnerOnly);
            }

            return new(full);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new StateException($"The state folder {full} can't be used: {problem.Message} Choose another with --state, or run as its owner.");
        }
    }

    /// <summary>Keeps what enrolment gave. The certificate comes last: without it the robot counts as not enrolled.</summary>
    /// <exception cref="StateException">The disk is full or the folder is not writable.</exception>
    public void SaveIdentity(ECDsa key, X509Certificate2 certificate, X509Certificate2 authority, ReadOnlyMemory<byte> domainPublicKey) => Try(() =>
    {
        Write(KeyFile, key.ExportPkcs8PrivateKeyPem());
        Write(DomainKeyFile, PemEncoding.WriteString("PUBLIC KEY", domainPublicKey.Span));
        File.Delete(In(FencingFile)); // another name from now on, perhaps of another relay, which counts anew
        File.Delete(In(LastTimeFile)); // a relay whose clock was wrong once has left its mark here; the new certificate tells the time
        Write(AuthorityFile, authority.ExportCertificatePem());
        Write(CertificateFile, certificate.ExportCertificatePem());
    });

    /// <summary>Replaces the certificate by a renewed one for the same key.</summary>
    /// <exception cref="StateException">The disk is full or the folder is not writable.</exception>
    public void SaveRenewed(X509Certificate2 certificate) => Try(() => Write(CertificateFile, certificate.ExportCertificatePem()));

    /// <exception cref="StateException">Not enrolled, or the files are damaged.</exception>
    public RobotIdentity LoadIdentity()
    {
        if (!IsEnrolled)
            throw new StateException($"This robot is not enrolled ({Path}). Ask the relay for a code (relay-server enroll-code) and run: robot-agent enroll --relay URL --code CODE --state {Path}");
        try
        {
            using var certificate = X509CertificateLoader.LoadCertificateFromFile(In(CertificateFile));
            var key = ECDsa.Create();
            key.ImportFromPem(File.ReadAllText(In(KeyFile)));
            return new(certificate.CopyWithPrivateKey(key), X509CertificateLoader.LoadCertificateFromFile(In(AuthorityFile)), key);
        }
        catch (Exception problem) when (problem is CryptographicException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            throw new StateException($"The robot's key or certificate in {Path} can't be read: {problem.Message} Enrol the robot again with a new code.");
        }
    }

    /// <summary>The public key that grants are signed with.</summary>
    /// <exception cref="StateException">There is none, or it is damaged.</exception>
    public ECDsa LoadDomainKey()
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(File.ReadAllText(In(DomainKeyFile)));
            return key.KeySize == 256 ? key : throw new CryptographicException("It is not a P-256 key.");
        }
        catch (Exception problem) when (problem is CryptographicException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            key.Dispose();
            throw new StateException($"This robot takes no sessions, since it has no key to check them with: {In(DomainKeyFile)} is missing or can't be read. Enrol the robot again with a new code (robot-agent enroll --again).");
        }
    }

    /// <summary>Of the grants taken before; <see cref="FencingMark.None"/> when there were none.</summary>
    /// <exception cref="StateException">There is one and it can't be read: an old grant could not be told from a new one.</exception>
    public FencingMark LoadFencingMark()
    {
        try
        {
            if (!File.Exists(In(FencingFile))) return FencingMark.None;
            if (FencingMark.TryParse(File.ReadAllText(In(FencingFile))) is { } mark) return mark;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // As bad as a damaged one.
        }

        throw new StateException($"This robot takes no sessions, since it can't tell old ones from new: {In(FencingFile)} can't be read. Enrol the robot again with a new code (robot-agent enroll --again).");
    }

    /// <exception cref="StateException">The disk is full or the folder is not writable.</exception>
    public void SaveFencingMark(FencingMark mark) => Try(() => Write(FencingFile, mark.ToString()));

    /// <summary>Whether the curtain was drawn. A file that can't be read counts as drawn at the robot: a press of the button lifts it.</summary>
    public CurtainMark LoadCurtain()
    {
        try
        {
            return !File.Exists(In(CurtainFile)) ? CurtainMark.Open : CurtainMark.TryParse(File.ReadAllText(In(CurtainFile))) ?? CurtainMark.DrawnAtRobot;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return CurtainMark.DrawnAtRobot;
        }
    }

    /// <exception cref="StateException">The disk is full or the folder is not writable.</exception>
    public void SaveCurtain(CurtainMark curtain) => Try(() => Write(CurtainFile, curtain.ToString()));

    /// <summary>As the robot's buttons set it; normal when there is none or it can't be read.</summary>
    public SpeakerVolume LoadVolume()
    {
        try
        {
            return int.TryParse(File.ReadAllText(In(VolumeFile)).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var level) ? new(level) : SpeakerVolume.Normal;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return SpeakerVolume.Normal;
        }
    }

    /// <exception cref="StateException">The disk is full or the folder is not writable.</exception>
    public void SaveVolume(SpeakerVolume volume) => Try(() => Write(VolumeFile, volume.Level.ToString(CultureInfo.InvariantCulture)));

    /// <summary>The latest time that this robot was ever sure of; null when there is none or it can't be read.</summary>
    public DateTimeOffset? LoadLastTime()
    {
        try
        {
            return DateTimeOffset.TryParseExact(
                File.ReadAllText(In(LastTimeFile)).Trim(), "O", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var time) && time < TrustedTime.Latest ? time : null;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <exception cref="StateException">The disk is full or the folder is not writable.</exception>
    public void SaveLastTime(DateTimeOffset time) => Try(() => Write(LastTimeFile, time.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture)));

    private string In(string file) => System.IO.Path.Combine(Path, file);

    private void Write(string file, string content) => AtomicFile.Write(In(file), System.Text.Encoding.UTF8.GetBytes(content));

    private void Try(Action write)
    {
        try
        {
            write();
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new StateException($"{Path} can't be written: {problem.Message} Free some space or mend its rights.");
        }
    }
}
