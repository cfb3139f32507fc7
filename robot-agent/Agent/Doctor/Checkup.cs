using AV1Relay.Codecs;
using AV1Relay.Hardware;
using AV1Relay.Hardware.Audio;
using AV1Relay.Hardware.Camera;
using AV1Relay.RobotAgent.Body;
using AV1Relay.RobotAgent.Media;
using AV1Relay.RobotAgent.State;

namespace AV1Relay.RobotAgent.Doctor;

/// <summary>Tries everything that a session needs, keeps nothing of what it sees or hears, and goes on after a bad finding.</summary>
internal sealed class Checkup(
    Uri? relay, string? stateFolder, IRobotBody body, InputName camera, InputName microphone, string speaker, VideoFormat? format, TimeProvider time)
{
    private const int PicturesToSee = 15;
    private const int FramesToHear = 100; // two seconds: the virtual classroom's chime is among them
    private const double HeardDbfs = -80;
    private static readonly TimeSpan DeviceLimit = TimeSpan.FromSeconds(8);

    public async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellationToken)
    {
        var findings = new List<Finding>();
        var codecs = CodecsSelfTest.Run(time);
        findings.Add(new("codecs", codecs is { CanH264: true, IsUsable: true } ? Grade.Good : codecs.IsUsable ? Grade.Note : Grade.Bad, string.Join(" ", codecs.Lines)));
        var size = PictureSize.Choose(format, codec: null, time);
        findings.Add(JudgeEncoders(size));

        var devices = new RobotDevices(
            camera, microphone, speaker, size.Format, () => new ViewPose((body as SimulatedBody)?.Head.Pose ?? default, 1), time);
        findings.Add(await TryAsync("camera", token => LookAsync(devices, token), cancellationToken));
        findings.Add(await TryAsync("microphone", token => ListenAsync(devices, token), cancellationToken));
        findings.Add(await TryAsync("speaker", token => SpeakAsync(devices, token), cancellationToken));
        var parts = new BodyCheckup(body, time);
        findings.Add(await TryAsync("head", parts.NodAsync, cancellationToken));
        findings.Add(await TryAsync("lights", parts.LightUpAsync, cancellationToken));
        findings.Add(await TryAsync("switch and buttons", parts.ReadContactsAsync, cancellationToken));
        findings.Add(await TryAsync("battery", parts.ReadBatteryAsync, cancellationToken));
        findings.Add(parts.ReadBoard());

        using var identity = ReadState(findings);
        findings.AddRange(await new NetworkCheckup(relay, identity, time).RunAsync(cancellationToken));
        return findings;
    }

    private static Finding JudgeEncoders(PictureSize size)
    {
        var words = string.Join("; ", size.Findings) + ".";
        return PictureSize.BestOf(size.Findings, codec: null) is not { } chosen
            ? new("encoder", Grade.Bad, words)
            : new("encoder", chosen.IsFast ? Grade.Good : Grade.Note, $"{size.Words}. {chosen.Encoder.Name} is used. {words}");
    }

    private RobotIdentity? ReadState(List<Finding> findings)
    {
        if (stateFolder is null)
        {
            findings.Add(new("enrolment", Grade.Note, "Not looked at: name the robot's folder with --state."));
            return null;
        }

        try
        {
            var folder = StateFolder.Open(stateFolder);
            if (!folder.IsEnrolled)
            {
                findings.Add(new("enrolment", Grade.Note, "This robot is not enrolled yet: relay-server enroll-code prints a code, robot-agent enroll takes it."));
                return null;
            }

            var identity = folder.LoadIdentity();
            var left = identity.Certificate.NotAfter - time.GetUtcNow();
            findings.Add(left > TimeSpan.Zero
                ? new("enrolment", Grade.Good, $"{identity.Name}, certificate good for {(int)left.TotalDays} more days.")
                : new("enrolment", Grade.Bad, $"The certificate of {identity.Name} has ended: enrol the robot again with a new code (--again)."));
            findings.Add(ReadTrust(folder));
            findings.Add(time.GetUtcNow() >= (folder.LoadLastTime() ?? identity.IssuedAt) - TimeSpan.FromMinutes(5)
                ? new("clock", Grade.Good, $"{time.GetUtcNow():u}")
                : new("clock", Grade.Note, $"It says {time.GetUtcNow():u}, which is in the past. Sessions go by the relay's time; set it all the same (timedatectl), the logs go by it."));
            return identity;
        }
        catch (StateException problem)
        {
            findings.Add(new("enrolment", Grade.Bad, problem.Message));
            return null;
        }
    }

    private static Finding ReadTrust(StateFolder folder)
    {
        try
        {
            using var domainKey = folder.LoadDomainKey();
            return new("grants", Grade.Good, $"Can be checked; the newest one taken had number {folder.LoadFencingMark().Number}.");
        }
        catch (StateException problem)
        {
            return new("grants", Grade.Bad, problem.Message);
        }
    }

    private async Task<Finding> TryAsync(string name, Func<CancellationToken, Task<Finding>> look, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(DeviceLimit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await look(either.Token);
        }
        catch (HardwareException problem)
        {
            return new(name, Grade.Bad, problem.Message);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new(name, Grade.Bad, "It gives nothing: unplug it and plug it in again, or choose another.");
        }
    }

    private async Task<Finding> LookAsync(RobotDevices devices, CancellationToken cancellationToken)
    {
        await using var source = await devices.OpenCameraAsync(cancellationToken);
        using var picture = new VideoFrame(source.Format);
        var startedAt = time.GetTimestamp();
        var seen = 0;
        while (seen < PicturesToSee && await source.ReadAsync(picture, cancellationToken)) seen++;
        var rate = seen / time.GetElapsedTime(startedAt).TotalSeconds;
        return seen == 0
            ? new("camera", Grade.Bad, "It opens and ends at once: choose another with --camera.")
            : new("camera", rate < 10 ? Grade.Note : Grade.Good, $"{picture.Width} × {picture.Height} at {rate:0} pictures a second.");
    }

    private static async Task<Finding> ListenAsync(RobotDevices devices, CancellationToken cancellationToken)
    {
        await using var source = await devices.OpenMicrophoneAsync(cancellationToken);
        var frame = new short[PcmFormat.FrameSamples];
        var energy = 0.0;
        var heard = 0;
        while (heard < FramesToHear && await source.ReadAsync(frame, cancellationToken))
        {
            heard++;
            foreach (var sample in frame) energy += (double)sample * sample;
        }

        var level = 10 * Math.Log10((energy / Math.Max(1, heard * PcmFormat.FrameSamples) / (32768.0 * 32768.0)) + 1e-12);
        return level > HeardDbfs
            ? new("microphone", Grade.Good, $"Hears {level:0} dBFS.")
            : new("microphone", Grade.Bad, "Hears nothing at all: it may be muted, or have its switch off.");
    }

    private async Task<Finding> SpeakAsync(RobotDevices devices, CancellationToken cancellationToken)
    {
        const double ToneHz = 660, Amplitude = 3000;
        await using var output = await devices.OpenSpeakerAsync(cancellationToken);
        var frame = new short[PcmFormat.FrameSamples];
        for (var sent = 0; sent < 20; sent++)
        {
            for (var i = 0; i < frame.Length; i++)
                frame[i] = (short)(Amplitude * Math.Sin(2 * Math.PI * ToneHz * ((sent * frame.Length) + i) / PcmFormat.SampleRate));
            await output.WriteAsync(frame, cancellationToken);
        }

        await Task.Delay(TimeSpan.FromMilliseconds(output.BufferedMs), time, cancellationToken); // until it has been heard
        if (output.Kind == RobotDevices.None) return new("speaker", Grade.Note, "None was asked for, so the pupil can't be heard.");
        if (output is not ISpeakerMeter meter) return new("speaker", Grade.Good, "Took a short tone: was it heard in the room?");
        var reading = meter.Read();
        return Math.Abs(reading.ToneHz - ToneHz) < 15
            ? new("speaker", Grade.Good, $"A meter that nobody hears; it measured the tone ({reading.ToneHz:0} Hz).")
            : new("speaker", Grade.Bad, $"The meter measured {reading.ToneHz:0} Hz where {ToneHz:0} was played.");
    }
}
