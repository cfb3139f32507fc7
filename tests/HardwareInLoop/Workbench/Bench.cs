using System.Device.Gpio;
using System.Globalization;
using System.Text.RegularExpressions;
using AV1Relay.Hardware.Linux;
using AV1Relay.Hardware.Linux.Gpio;
using AV1Relay.Tests.Rig;

namespace AV1Relay.Tests.Workbench;

/// <summary>A robot on the workbench: everything round the agent that the agent can't see from its side of the kernel. One request at a time.</summary>
internal sealed partial class Bench : IAsyncDisposable
{
    private const double ChimeHz = 880;
    private static readonly TimeSpan Press = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly GpioSimulator _gpio = new();
    private readonly LightRecorder _lights = new();
    private readonly Chips _chips = new();
    private readonly Servos _servos = new();
    private readonly Speakerphone _speakerphone = new();
    private readonly Dictionary<string, ChildProcess> _programs = [];
    private GpioController? _other; // another program's

    public Bench()
    {
        _chips.SetGauge(76, 3.98);
        _chips.SetPack(7.6, 0.5);
        _chips.PowerServoBoard();
        _gpio.Close(ReferenceWiring.PrivacySwitchLine); // closed: camera and speakerphone have power
    }

    /// <summary>Does what a request asks for.</summary>
    /// <param name="words">A verb and what it is about.</param>
    /// <returns>What is to be told, as something that becomes JSON.</returns>
    /// <exception cref="ArgumentException">Nobody knows this verb.</exception>
    public async Task<object?> DoAsync(string[] words) => words switch
    {
        ["press", var button] => await PressAsync(LineOf(button)),
        ["switch", "private"] => Do(() => _gpio.Open(ReferenceWiring.PrivacySwitchLine)),
        ["switch", "open"] => Do(() => _gpio.Close(ReferenceWiring.PrivacySwitchLine)),
        ["line", var button, "taken"] => Do(() => Take(LineOf(button))),
        ["lines", "free"] => Do(FreeLines),
        ["lights"] => _lights.Read(),
        ["lights", "clock"] => _lights.ClockHertz,
        ["lights", var state] => Do(() => _lights.Fail(state == "fail")),
        ["servo", var id] => _servos.Read(Number(id)),
        ["servo", var id, "silent"] => Do(() => _servos.Silence(Number(id), isSilent: true)),
        ["servo", var id, "well"] => Do(() => _servos.Silence(Number(id), isSilent: false)),
        ["gauge", var percent, var volts] => Do(() => _chips.SetGauge(Real(percent), Real(volts))),
        ["pulse", var channel] => _chips.PulseOf(Number(channel)),
        ["talk"] => await TalkAsync(),
        ["listen"] => Do(_speakerphone.Listen),
        ["heard"] => _speakerphone.Heard(),
        ["camera", "pull"] => Do(() => Driver("vivid", "unbind", "vivid.0")),
        ["camera", "plug"] => Do(() => Driver("vivid", "bind", "vivid.0")),
        ["run", var program, .. var arguments] => await ChildProcess.RunAsync(program, arguments),
        ["try", var program, .. var arguments] => await TryAsync(program, arguments),
        ["start", var name, var program, .. var arguments] => Start(name, program, arguments),
        ["stop", var name] => await StopAsync(name),
        ["output", var name] => _programs[name].Lines,
        ["open", var name] => new OpenDevices(_programs[name].Id).List(),
        ["closing", var name, var button] => await MeasureClosingAsync(_programs[name].Id, button),
        ["times"] => new[] { Real(Machine.Uptime), Real(Machine.Idle) },
        ["fetch", var url] => await FetchAsync(url),
        _ => throw new ArgumentException($"The workbench does not know '{string.Join(' ', words)}'."),
    };

    public async ValueTask DisposeAsync()
    {
        foreach (var program in _programs.Values) await program.DisposeAsync();
        await _speakerphone.DisposeAsync();
        _servos.Dispose();
        _chips.Dispose();
        FreeLines();
        _gpio.Dispose();
    }

    private static int LineOf(string button) => button switch
    {
        "curtain" => ReferenceWiring.CurtainLine,
        "louder" => ReferenceWiring.LouderLine,
        "softer" => ReferenceWiring.SofterLine,
        _ => throw new ArgumentException($"The robot has no button '{button}'."),
    };

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static double Real(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>Binds or unbinds a device: to the kernel's driver, what plugging in and pulling out are.</summary>
    private static void Driver(string driver, string act, string device) => File.WriteAllText($"/sys/bus/platform/drivers/{driver}/{act}", device);

    private static object? Do(Action act)
    {
        act();
        return null;
    }

    private void Take(int line)
    {
        _other ??= GpioChip.Find(GpioChip.List(), ReferenceWiring.HeaderChips).Open();
        _other.OpenPin(line, PinMode.Input);
    }

    private void FreeLines()
    {
        _other?.Dispose();
        _other = null;
    }

    private async Task<object?> PressAsync(int line)
    {
        _gpio.Close(line);
        await LetGoAsync(line);
        return null;
    }

    /// <summary>After a while; and a finger lets go for a while before it presses again.</summary>
    private async Task LetGoAsync(int line)
    {
        await Task.Delay(Press, TimeProvider.System);
        _gpio.Open(line);
        await Task.Delay(Press, TimeProvider.System);
    }

    private async Task<object?> TalkAsync()
    {
        await _speakerphone.TalkAsync(ChimeHz);
        return null;
    }

    /// <summary>What a program prints on standard output, whatever code it ends with.</summary>
    private static async Task<object?> TryAsync(string program, string[] arguments)
    {
        await using var run = ChildProcess.Start(program, "/bin/sh", ["-c", "\"$0\" \"$@\" 2>/dev/null; echo .", program, .. arguments]);
        await run.WaitForLineAsync(Dot(), TimeSpan.FromMinutes(3));
        return string.Join('\n', run.Lines.SkipLast(1));
    }

    [GeneratedRegex(@"^\.$")]
    private static partial Regex Dot();

    private int Start(string name, string program, string[] arguments)
    {
        if (_programs.TryGetValue(name, out var running) && !running.HasExited) throw new ArgumentException($"{name} runs.");
        _programs[name] = ChildProcess.Start(name, program, arguments);
        return _programs[name].Id;
    }

    private async Task<object?> StopAsync(string name)
    {
        if (_programs.Remove(name, out var program)) await program.DisposeAsync();
        return null;
    }

    private async Task<object?> MeasureClosingAsync(int processId, string button)
    {
        var devices = new OpenDevices(processId);
        if (button == "switch") return await devices.MeasureClosingAsync(() => _gpio.Open(ReferenceWiring.PrivacySwitchLine), Patience);
        var line = LineOf(button);
        var closing = await devices.MeasureClosingAsync(() => _gpio.Close(line), Patience);
        await LetGoAsync(line);
        return closing;
    }

    private static async Task<object?> FetchAsync(string url)
    {
        using var http = new HttpClient();
        return await http.GetStringAsync(new Uri(url));
    }
}
