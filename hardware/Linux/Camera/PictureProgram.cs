using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace AV1Relay.Hardware.Linux.Camera;

/// <summary>A child process that writes pictures of one size to its standard output, one after the other. The newest whole one is kept.</summary>
internal sealed class PictureProgram : IAsyncDisposable
{
    private const int KeptWords = 1024; // of what it says when it fails
    private static readonly TimeSpan EndsByItselfWithin = TimeSpan.FromMilliseconds(100);

    private readonly Process _process;
    private readonly ProcessSignal _signal;
    private readonly TimeProvider _time;
    private readonly string _name;
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _news = new(0, 1);
    private readonly Thread _reader;
    private readonly byte[] _said = new byte[KeptWords];
    private readonly Task _listening;
    private byte[] _incoming;
    private byte[] _newest;
    private TimeSpan _newestAt;
    private bool _isFresh;
    private bool _hasEnded;
    private int _saidCount;
    private bool _isDisposed;

    private PictureProgram(Process process, string name, int pictureBytes, TimeProvider time)
    {
        (_process, _name, _time) = (process, name, time);
        _signal = ProcessSignal.To(process);
        _incoming = GC.AllocateUninitializedArray<byte>(pictureBytes);
        _newest = GC.AllocateUninitializedArray<byte>(pictureBytes);
        _listening = ListenAsync(process.StandardError.BaseStream);
        _reader = new Thread(Read) { IsBackground = true, Name = $"capture {name}" };
        _reader.Start();
    }

    public delegate void Picture(ReadOnlySpan<byte> bytes);

    /// <param name="command">The program and its arguments.</param>
    /// <param name="pictureBytes">Of each picture.</param>
    /// <param name="time">Stamps, and bounds the waiting.</param>
    /// <exception cref="HardwareException">There is no such program, or it may not be run.</exception>
    public static PictureProgram Start(IReadOnlyList<string> command, int pictureBytes, TimeProvider time)
    {
        var start = new ProcessStartInfo(command[0]) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, UseShellExecute = false };
        foreach (var argument in command.Skip(1)) start.ArgumentList.Add(argument);
        try
        {
            var process = Process.Start(start) ?? throw new HardwareException($"{command[0]} did not start.");
            try
            {
                return new(process, Path.GetFileName(command[0]), pictureBytes, time);
            }
            catch
            {
                process.Kill(); // or it would hold a camera that nobody knows of
                process.Dispose();
                throw;
            }
        }
        catch (Win32Exception problem)
        {
            throw new HardwareException(
                HardwareFault.Missing, $"{command[0]} can't be started ({problem.Message}): install it (on Raspberry Pi OS: apt install rpicam-apps), or choose another camera with --camera.", problem);
        }
    }

    /// <summary>Waits for a picture that was not taken yet, and shows it.</summary>
    /// <returns>When its last byte came, of the monotonic clock.</returns>
    /// <exception cref="HardwareException">The program has ended, or has written nothing for so long.</exception>
    public async ValueTask<TimeSpan> TakeNewestAsync(Picture take, TimeSpan limit, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var alarm = _time.CreateTimer(static source => Cancel((CancellationTokenSource)source!), either, limit, Timeout.InfiniteTimeSpan);
        while (true)
        {
            try
            {
                await _news.WaitAsync(either.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                throw new HardwareException(HardwareFault.Silent, $"{_name} runs and gives no pictures: is the ribbon seated at both ends? Restart the robot afterwards.");
            }

            lock (_gate)
            {
                if (_isFresh)
                {
                    take(_newest);
                    _isFresh = false;
                    if (_hasEnded) Signal();
                    return _newestAt;
                }

                if (!_hasEnded) continue;
                Signal(); // whoever asks again is told again
            }

            throw await EndedAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Ends the program: asked first, and by force a tenth of a second later.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_isDisposed) return;
        _isDisposed = true;
        _signal.AskToEnd();
        try
        {
            using var limit = new CancellationTokenSource(EndsByItselfWithin, TimeProvider.System); // of a real process, whatever the clock here
            await _process.WaitForExitAsync(limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: false);
            await _process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
        }

        _signal.Dispose();
        _process.StandardOutput.Dispose();
        _process.StandardError.Dispose();
        _process.StandardInput.Dispose();
        _process.Dispose();
    }

    private static void Cancel(CancellationTokenSource source)
    {
        try
        {
            source.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The picture came at the same instant.
        }
    }

    private void Read()
    {
        var output = _process.StandardOutput.BaseStream;
        try
        {
            while (true)
            {
                output.ReadExactly(_incoming);
                lock (_gate)
                {
                    (_incoming, _newest) = (_newest, _incoming);
                    _newestAt = _time.GetElapsedTime(0);
                    _isFresh = true;
                    Signal();
                }
            }
        }
        catch (Exception problem) when (problem is IOException or ObjectDisposedException)
        {
            // It has ended, or was ended.
        }

        lock (_gate)
        {
            _hasEnded = true;
            Signal();
        }
    }

    /// <summary>Keeps the last of what it says, for the fault's words.</summary>
    private async Task ListenAsync(Stream errors)
    {
        var piece = new byte[256];
        try
        {
            while (await errors.ReadAsync(piece).ConfigureAwait(false) is > 0 and var count)
            {
                lock (_said)
                {
                    var over = Math.Max(0, _saidCount + count - _said.Length);
                    _said.AsSpan(over, _saidCount - over).CopyTo(_said);
                    piece.AsSpan(0, count).CopyTo(_said.AsSpan(_saidCount - over));
                    _saidCount += count - over;
                }
            }
        }
        catch (Exception problem) when (problem is IOException or ObjectDisposedException)
        {
            // Ended with the process.
        }
    }

    private async Task<HardwareException> EndedAsync()
    {
        await Task.WhenAny(_listening, Task.Delay(EndsByItselfWithin, TimeProvider.System)).ConfigureAwait(false);
        string words;
        lock (_said) words = Encoding.UTF8.GetString(_said, 0, _saidCount);
        var last = words.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).LastOrDefault() ?? "it said nothing";
        return new(HardwareFault.Missing, $"{_name} has ended ({last}): is the ribbon seated at both ends, and does no other program use the camera?");
    }

    private void Signal()
    {
        if (_news.CurrentCount == 0) _news.Release();
    }
}
