using System.Net;
using System.Threading.Channels;
using AV1Relay.Sfu.Rooms;
using AV1Relay.WebRtc.Sockets;
using Microsoft.Extensions.Logging;

namespace AV1Relay.Sfu.Shards;

/// <summary>One thread, one socket, one <see cref="ShardCore"/>: the only code of the relay that waits for packets.</summary>
/// <remarks>
/// Each turn: receive a batch, run it to completion, send what has come of it; then go on with handshakes that have been run, run what HTTP threads
/// asked for and what is due, and send that.
/// There is no flush timer: a batch is sent as soon as the batch that caused it is through.
/// </remarks>
internal sealed class Shard : IAsyncDisposable
{
    private const int BatchCapacity = 64;
    private const int OutputCapacity = 256; // a received batch goes to several subscribers
    private const int CommandsATurn = 32;
    private const int HandshakesATurn = 8;

    /// <summary>Wait for a packet while nobody is there: bounds how late a timer of a stopped or stepped clock is noticed.</summary>
    private static readonly TimeSpan IdleWait = TimeSpan.FromMilliseconds(250);

    private readonly IDatagramSocket _socket;
    private readonly TimeProvider _time;
    private readonly long _startedAt;
    private readonly ILogger _logger;
    private readonly DatagramBatch _received = new(BatchCapacity);
    private readonly SocketOutput _output;
    private readonly HandshakeThread _handshakes;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Full means that the shard is drowning: the request is refused (503), the caller comes back later.
    private readonly Channel<ShardCommand> _commands;

    private Thread? _thread;
    private volatile bool _isStopping;

    public Shard(IDatagramSocket socket, ShardSettings settings, IRoomChangeSink changes, TimeProvider time, ILogger logger)
    {
        _socket = socket;
        _time = time;
        _startedAt = time.GetTimestamp();
        _logger = logger;
        _output = new SocketOutput(socket, time, OutputCapacity);
        _handshakes = new HandshakeThread(socket.Wake);
        Core = new ShardCore(settings, _output, changes, _handshakes);
        _commands = Channel.CreateBounded<ShardCommand>(new BoundedChannelOptions(settings.Options.CommandQueueLength) { SingleReader = true });
    }

    public ShardCore Core { get; }

    public IPEndPoint LocalEndPoint => _socket.LocalEndPoint;

    public LatencyHistogram Latency => _output.Latency;

    public void Start(string name)
    {
        _handshakes.Start($"{name} handshakes");
        _thread = new Thread(Loop) { IsBackground = true, Name = name };
        _thread.Start();
    }

    /// <returns>False when the queue is full or the shard has ended; the command will not run then.</returns>
    public bool TryPost(ShardCommand command)
    {
        if (!_commands.Writer.TryWrite(command))
        {
            Interlocked.Increment(ref Core.Counters.CommandsRefused); // on the asking thread, as nothing else here
            return false;
        }

        _socket.Wake();
        return true;
    }

    /// <summary>Waits for room in the queue. Not to be called from the shard's own thread.</summary>
    public async ValueTask PostAsync(ShardCommand command, CancellationToken cancellationToken)
    {
        await _commands.Writer.WriteAsync(command, cancellationToken);
        _socket.Wake();
    }

    public async ValueTask DisposeAsync()
    {
        _isStopping = true;
        _commands.Writer.TryComplete();
        _socket.Wake();
        if (_thread is not null) await _ended.Task;
        _handshakes.Dispose();
        _socket.Dispose();
        Core.Dispose();
    }

    private void Loop()
    {
        MediaThread.TryPrefer();
        try
        {
            while (!_isStopping) Turn();
        }
        catch (Exception exception) // the edge of this thread: nobody above would see it
        {
            Log.ShardEnded(_logger, exception);
        }
        finally
        {
            _commands.Writer.TryComplete();
            while (_commands.Reader.TryRead(out var command)) command.Fail(new ObjectDisposedException(nameof(Shard)));
            _ended.TrySetResult();
        }
    }

    private void Turn()
    {
        var count = _socket.Receive(_received, Wait());
        var now = _time.GetElapsedTime(_startedAt);
        Take(count, now);
        _output.Cause = 0;
        _output.Flush(); // media does not wait for a request or a timer
        for (var i = 0; i < HandshakesATurn && _handshakes.TryTakeDone(out var handshake); i++) Take(handshake, now);
        for (var i = 0; i < CommandsATurn && _commands.Reader.TryRead(out var command); i++) Run(command, now);
        if (Core.NextTimeout is { } due && due <= now) Guarded(now);
        _output.Flush();
    }

    private void Take(int count, TimeSpan now)
    {
        var unknownReceiveTime = 0L;
        for (var i = 0; i < count; i++)
        {
            var receivedAt = _received.KernelTimestampNanos(i);
            if (receivedAt == 0) receivedAt = unknownReceiveTime != 0 ? unknownReceiveTime : unknownReceiveTime = SocketOutput.NowNanoseconds(_time);
            _output.Cause = receivedAt;
            OnDatagram(i, now);
        }
    }

    private TimeSpan Wait()
    {
        if (_handshakes.HasDone || _commands.Reader.TryPeek(out _)) return TimeSpan.Zero;
        if (Core.NextTimeout is not { } due) return IdleWait;
        // Always the same length: telling the kernel another costs a system call. While media flows, packets end the wait long before.
        return due <= _time.GetElapsedTime(_startedAt) ? TimeSpan.Zero : ShardCore.Tick;
    }

    private void OnDatagram(int index, TimeSpan now)
    {
        try
        {
            Core.OnDatagram(_received.Datagram(index), _received.Remote(index), now);
        }
        catch (Exception exception) // one datagram must not end everybody's lesson
        {
            Core.Counters.Faults++;
            Log.DatagramFailed(_logger, exception);
        }
    }

    private void Take(Handshake handshake, TimeSpan now)
    {
        try
        {
            Core.OnHandshakeRun(handshake, now);
        }
        catch (Exception exception) // as for a datagram
        {
            Core.Counters.Faults++;
            Log.HandshakeFailed(_logger, exception);
        }
    }

    private void Run(ShardCommand command, TimeSpan now)
    {
        try
        {
            command.Run(Core, now);
        }
        catch (Exception exception) // goes to whoever asked
        {
            Core.Counters.Faults++;
            command.Fail(exception);
        }
    }

    private void Guarded(TimeSpan now)
    {
        try
        {
            Core.OnTimeout(now);
        }
        catch (Exception exception) // as for a datagram
        {
            Core.Counters.Faults++;
            Log.DatagramFailed(_logger, exception);
        }
    }
}
