using Microsoft.Win32.SafeHandles;

namespace AV1Relay.Tests.Workbench;

/// <summary>The far side of the kernel's gpio-sim: closes and opens contacts to ground, as fingers and a switch do.</summary>
/// <remarks>A line's pull-up, which whoever reads the line asks for, is weaker than a closed contact: gpio-sim knows one level only, so
/// closed contacts are pulled down again whenever a reader's request has pulled them up.</remarks>
internal sealed class GpioSimulator : IDisposable
{
    private static readonly TimeSpan HoldEvery = TimeSpan.FromMilliseconds(200); // seldom: a system call costs much here
    private static readonly byte[] Down = "pull-down"u8.ToArray();
    private static readonly byte[] Up = "pull-up"u8.ToArray();

    private readonly string _folder;
    private readonly Lock _gate = new();
    private readonly Dictionary<int, SafeFileHandle> _closed = [];
    private readonly byte[] _pull = new byte[Down.Length];
    private readonly ITimer _hold;

    /// <param name="device">The simulator's folder in <c>/sys/devices/platform</c>.</param>
    public GpioSimulator(string device = "/sys/devices/platform/gpio-sim.0")
    {
        _folder = Directory.GetDirectories(device, "gpiochip*").Single(folder => Directory.Exists(Path.Combine(folder, "sim_gpio0")));
        _hold = TimeProvider.System.CreateTimer(_ => Hold(), null, HoldEvery, HoldEvery);
    }

    public void Close(int line)
    {
        lock (_gate)
        {
            if (_closed.ContainsKey(line)) return;
            _closed[line] = File.OpenHandle(Path.Combine(_folder, $"sim_gpio{line}", "pull"), access: FileAccess.ReadWrite);
            RandomAccess.Write(_closed[line], Down, 0);
        }
    }

    public void Open(int line)
    {
        lock (_gate)
        {
            if (!_closed.Remove(line, out var pull)) return;
            RandomAccess.Write(pull, Up, 0);
            pull.Dispose();
        }
    }

    public void Dispose()
    {
        _hold.Dispose();
        lock (_gate)
        {
            foreach (var pull in _closed.Values) pull.Dispose();
            _closed.Clear();
        }
    }

    private void Hold()
    {
        lock (_gate)
        {
            foreach (var pull in _closed.Values)
            {
                if (RandomAccess.Read(pull, _pull, 0) != Down.Length || !_pull.AsSpan().SequenceEqual(Down)) RandomAccess.Write(pull, Down, 0);
            }
        }
    }
}
