using System.Collections.Concurrent;
using System.Net;
using AV1Relay.WebRtc.Sockets;

namespace AV1Relay.Benchmarks.Load;

/// <summary>The generator's one thread: sends every room's packets when they are due, receives on every end's socket, does what timers ask for.</summary>
internal sealed class GeneratorLoop : IDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(20);

    private readonly TimeProvider _time;
    private readonly long _startedAt;
    private readonly SocketSet _sockets = new();
    private readonly List<Endpoint?> _endpoints = [];
    private readonly PriorityQueue<LoadRoom, TimeSpan> _due = new();
    private readonly ConcurrentQueue<Action> _commands = new();
    private readonly DatagramBatch _in = new();
    private readonly DatagramBatch _out = new();
    private readonly int[] _ready = new int[256];
    private readonly Thread _thread;
    private readonly bool _isPreferred;
    private volatile bool _isStopping;
    private TimeSpan _nextTick;

    /// <param name="isPreferred">Whether it goes before what else runs on this machine: a late look at the clock would count as the relay's delay.</param>
    public GeneratorLoop(TimeProvider time, bool isPreferred = false)
    {
        _time = time;
        _isPreferred = isPreferred;
        _startedAt = time.GetTimestamp();
        _thread = new Thread(Run) { IsBackground = true, Name = "generator" };
    }

    public TimeSpan Now => _time.GetElapsedTime(_startedAt);

    /// <summary>Counts what arrives.</summary>
    public LoadMeter Meter { get; } = new();

    public void Start() => _thread.Start();

    /// <summary>Runs something on the generator's thread.</summary>
    public Task InvokeAsync(Action action)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _commands.Enqueue(() =>
        {
            try
            {
                action();
                done.SetResult();
            }
            catch (Exception exception) // goes to whoever asked; the rooms go on
            {
                done.SetException(exception);
            }
        });
        return done.Task;
    }

    /// <summary>A socket of its own for an end that is to join; may be called from any thread.</summary>
    public static IDatagramSocket Bind(string address)
        => DatagramSockets.BindUncut(new IPEndPoint(IPAddress.Parse(address), 0), receiveBufferBytes: 1 << 20);

    /// <summary>Takes an end that has an answer; from here on it belongs to the generator's thread.</summary>
    /// <param name="isMetered">Whether what it receives is counted.</param>
    public async Task<Endpoint> AddAsync(LoadEnd end, IDatagramSocket socket, int room, bool isMetered)
    {
        var endpoint = new Endpoint(end, socket, room);
        await InvokeAsync(() =>
        {
            if (isMetered) end.Receiver = Meter;
            var free = _endpoints.IndexOf(null);
            endpoint.Place = free < 0 ? _endpoints.Count : free;
            if (free < 0) _endpoints.Add(endpoint);
            else _endpoints[free] = endpoint;
            _sockets.Watch(socket, endpoint.Place);
        });
        return endpoint;
    }

    /// <summary>Ends an end without a word to anybody. Its place is kept empty: what waits for the sockets names them by their places.</summary>
    public void Remove(Endpoint endpoint)
    {
        _endpoints[endpoint.Place] = null;
        endpoint.End.Dispose();
        endpoint.Socket.Dispose();
    }

    public void Begin(LoadRoom room, TimeSpan firstAt) => _due.Enqueue(room, firstAt);

    public bool AreAllReady() => _endpoints.TrueForAll(endpoint => endpoint is null || endpoint.End.IsReady);

    /// <summary>No room sends any more.</summary>
    public void StopSending() => _due.Clear();

    public void Dispose()
    {
        _isStopping = true;
        _thread.Join();
        foreach (var endpoint in _endpoints.OfType<Endpoint>().ToArray()) Remove(endpoint);

        _sockets.Dispose();
    }

    /// <remarks>Nothing is caught: what goes wrong here ends the process, whose only work this is, and whoever started it reads why.</remarks>
    private void Run()
    {
        if (_isPreferred) MediaThread.TryPrefer();
        while (!_isStopping) Turn();
    }

    private void Turn()
    {
        while (_commands.TryDequeue(out var command)) command();
        while (_due.TryPeek(out var room, out var dueAt) && dueAt <= Now)
        {
            _due.DequeueEnqueue(room, room.SendDue(dueAt, _time, _out));
        }

        var now = Now;
        if (now >= _nextTick)
        {
            _nextTick = now + Tick;
            foreach (var endpoint in _endpoints)
            {
                if (endpoint is null) continue;
                if (endpoint.End.NextTimeout is { } timeout && timeout <= now) endpoint.End.OnTimeout(now);
                Report(endpoint, now);
                Drain(endpoint);
                endpoint.Look();
            }
        }

        var wake = _due.TryPeek(out _, out var next) && next < _nextTick ? next : _nextTick;
        var count = _sockets.Wait(_ready, wake > now ? wake - now : TimeSpan.Zero);
        for (var i = 0; i < count; i++)
        {
            if (_endpoints[_ready[i]] is { } endpoint) Receive(endpoint);
        }
    }

    private void Receive(Endpoint endpoint)
    {
        var count = endpoint.Socket.Receive(_in, TimeSpan.Zero);
        Meter.ReceivedAt = _time.GetTimestamp();
        var now = Now;
        var hasControl = false;
        for (var i = 0; i < count; i++)
        {
            var datagram = _in.Datagram(i);
            hasControl |= datagram.Length > 0 && datagram[0] < 128;
            endpoint.End.OnDatagram(datagram, _in.Remote(i), now);
        }

        if (hasControl) Drain(endpoint);
    }

    private void Report(Endpoint endpoint, TimeSpan now)
    {
        if (endpoint.End.Remote is not { } remote) return;
        while (endpoint.End.WriteDueReport(_out.NextBuffer, now) is > 0 and var length)
        {
            _out.Add(length, remote);
            if (_out.IsFull) endpoint.Socket.Send(_out);
        }
    }

    private void Drain(Endpoint endpoint)
    {
        while (endpoint.End.TryTakeDatagram(_out.NextBuffer, out var length, out var remote))
        {
            _out.Add(length, remote);
            if (_out.IsFull) endpoint.Socket.Send(_out);
        }

        if (_out.Count > 0) endpoint.Socket.Send(_out);
    }
}

/// <summary>An end with its socket.</summary>
internal sealed class Endpoint(LoadEnd end, IDatagramSocket socket, int room)
{
    public LoadEnd End => end;

    public IDatagramSocket Socket => socket;

    public int Room => room;

    public int Place { get; set; }

    /// <summary>As of the last tick; may be read from any thread.</summary>
    public bool IsReady => _isReady;

    private volatile bool _isReady;

    /// <summary>To be called on the generator's thread.</summary>
    public void Look() => _isReady = end.IsReady;
}
