using AV1Relay.WebRtc.Dtls;
using Xunit;

namespace AV1Relay.Tests.Unit.WebRtc.Dtls;

/// <summary>Two sessions and the datagrams between them, in virtual time.</summary>
internal sealed class DtlsPair : IDisposable
{
    // Contexts are shared by all sessions of a process, so the tests share them too; each end has its own identity.
    public static readonly DtlsContext ClientContext = DtlsContext.Create();
    public static readonly DtlsContext ServerContext = DtlsContext.Create();

    private readonly byte[] _buffer = new byte[IDtlsSession.MaxDatagramLength];

    public DtlsPair(
        DtlsContext? client = null,
        DtlsLimits? limits = null,
        IDtlsApplicationDataSink? clientData = null,
        IDtlsApplicationDataSink? serverData = null)
    {
        Client = new DtlsSession(client ?? ClientContext, DtlsRole.Client, limits, clientData);
        Server = new DtlsSession(ServerContext, DtlsRole.Server, limits, serverData);
    }

    public DtlsSession Client { get; }

    public DtlsSession Server { get; }

    public TimeSpan Now { get; set; }

    /// <summary>Every datagram sent so far, with who sent it and when.</summary>
    public List<(DtlsRole From, TimeSpan At, byte[] Bytes)> Sent { get; } = [];

    public bool AreConnected => Client.State == DtlsState.Connected && Server.State == DtlsState.Connected;

    public void Start()
    {
        Client.Start(Now);
        Server.Start(Now);
    }

    public List<byte[]> Take(DtlsRole from)
    {
        var datagrams = new List<byte[]>();
        var session = from == DtlsRole.Client ? Client : Server;
        while (session.TryTakeDatagram(_buffer, out var length))
        {
            datagrams.Add(_buffer[..length]);
            Sent.Add((from, Now, _buffer[..length]));
        }

        return datagrams;
    }

    public void Give(DtlsRole to, IEnumerable<byte[]> datagrams)
    {
        foreach (var datagram in datagrams) (to == DtlsRole.Client ? Client : Server).OnDatagram(datagram, Now);
    }

    /// <summary>Carries datagrams, and time when none travel, until both ends rest or a minute has gone by.</summary>
    /// <param name="deliver">From whom, the how manyth datagram of that end; how often it arrives. Default: once.</param>
    public void Run(Func<DtlsRole, int, int>? deliver = null)
    {
        var counts = new int[2];
        while (Now < TimeSpan.FromMinutes(1))
        {
            var hasMoved = false;
            foreach (var from in new[] { DtlsRole.Client, DtlsRole.Server })
            {
                foreach (var datagram in Take(from))
                {
                    hasMoved = true;
                    var times = deliver?.Invoke(from, counts[(int)from]++) ?? 1;
                    for (var i = 0; i < times; i++) Give(from == DtlsRole.Client ? DtlsRole.Server : DtlsRole.Client, [datagram]);
                }
            }

            if (hasMoved) continue;
            if (Earlier(Client.NextTimeout, Server.NextTimeout) is not { } next) return;
            Assert.True(next >= Now, "a timeout that is already past would make its owner spin");
            Now = next;
            Client.OnTimeout(Now);
            Server.OnTimeout(Now);
        }
    }

    public void Dispose()
    {
        Client.Dispose();
        Server.Dispose();
    }

    private static TimeSpan? Earlier(TimeSpan? a, TimeSpan? b) => a is null ? b : b is null || a < b ? a : b;
}
