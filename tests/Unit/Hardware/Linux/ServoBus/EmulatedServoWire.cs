namespace AV1Relay.Tests.Unit.Hardware.Linux.ServoBus;

/// <summary>The wire with its servos: takes what a host sends, byte by byte, and gives what the host would hear. It can be bad.</summary>
internal sealed class EmulatedServoWire(params EmulatedServo[] servos)
{
    private readonly List<byte> _heard = [];

    /// <summary>Every request as it came, whole ones only.</summary>
    public List<byte[]> Requests { get; } = [];

    /// <summary>The adapter gives back what it sends.</summary>
    public bool Echoes { get; set; }

    /// <summary>Comes before each answer.</summary>
    public byte[] Noise { get; set; } = [];

    /// <summary>This many of the next answers arrive with a bit turned.</summary>
    public int AnswersToSpoil { get; set; }

    /// <summary>This many of the next answers get lost.</summary>
    public int AnswersToLose { get; set; }

    /// <summary>This many of the next requests to all servos are not heard.</summary>
    public int RequestsToAllToLose { get; set; }

    public byte[] Take(ReadOnlySpan<byte> sent)
    {
        List<byte> back = Echoes ? [.. sent] : [];
        foreach (var value in sent)
        {
            _heard.Add(value);
            if (TryTakeRequest() is not { } request) continue;
            Requests.Add(request);
            back.AddRange(Answer(request));
        }

        return [.. back];
    }

    private void WriteAll(byte[] request)
    {
        var (register, count) = (request[5], request[6]);
        for (var at = 7; at + count < request.Length - 1; at += count + 1)
        {
            foreach (var servo in servos)
            {
                if (servo.Id == request[at]) servo.Write(register, request.AsSpan(at + 1, count));
            }
        }
    }

    private byte[]? TryTakeRequest()
    {
        while (_heard.Count >= 2 && (_heard[0] != 0xFF || _heard[1] != 0xFF || (_heard.Count > 2 && _heard[2] == 0xFF))) _heard.RemoveAt(0);
        if (_heard.Count < 4 || _heard.Count < _heard[3] + 4) return null;
        var whole = _heard[3] + 4;
        byte[] request = [.. _heard[..whole]];
        _heard.RemoveRange(0, whole);
        return (byte)~request[2..^1].Sum(value => value) == request[^1] ? request : null;
    }

    private byte[] Answer(byte[] request)
    {
        if (request[2] == 0xFE && request[4] == 0x83)
        {
            if (RequestsToAllToLose-- <= 0) WriteAll(request);
            return [];
        }

        if (servos.FirstOrDefault(servo => servo.Id == request[2]) is not { } servo) return Noise;
        byte[] parameters = [];
        if (request[4] == 2) parameters = servo.Read(request[5], request[6]);
        else if (request[4] == 3) servo.Write(request[5], request.AsSpan(6..^1));
        else if (request[4] != 1) return Noise;

        if (servo.IsSilent || AnswersToLose-- > 0) return Noise;
        byte[] answer = [0xFF, 0xFF, servo.Id, (byte)(parameters.Length + 2), servo.Errors, .. parameters, 0];
        answer[^1] = (byte)~answer[2..^1].Sum(value => value);
        if (AnswersToSpoil-- > 0) answer[^2] ^= 0x10;
        return [.. Noise, .. answer];
    }
}
