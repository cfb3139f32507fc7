using System.Net;
using System.Net.Sockets;
using AV1Relay.WebRtc;
using AV1Relay.WebRtc.Sockets;
using Xunit;

namespace AV1Relay.Tests.Unit.WebRtc.Sockets;

/// <summary>What every datagram socket does, over loopback.</summary>
public abstract class DatagramSocketContract
{
    private static readonly TimeSpan Enough = TimeSpan.FromSeconds(5);

    protected abstract IDatagramSocket Bind(IPEndPoint endpoint);

    [Fact]
    public void Datagrams_of_every_size_arrive_whole_and_in_order()
    {
        using var sender = BindLoopback();
        using var receiver = BindLoopback();
        var outgoing = new DatagramBatch();
        var incoming = new DatagramBatch();

        for (var first = 0; first <= 2_000; first += outgoing.Capacity)
        {
            for (var length = first; length < first + outgoing.Capacity && length <= 2_000; length++)
            {
                outgoing.NextBuffer[..length].Fill((byte)length);
                Assert.True(outgoing.Add(length, AddressOf(receiver)));
            }

            var queued = outgoing.Count;
            Assert.Equal(queued, sender.Send(outgoing));
            Assert.Equal(0, outgoing.Count);

            for (var expected = first; expected < first + queued;)
            {
                Assert.NotEqual(0, receiver.Receive(incoming, Enough));
                for (var i = 0; i < incoming.Count; i++, expected++)
                {
                    Assert.Equal(expected, incoming.Length(i));
                    Assert.Equal(AddressOf(sender), incoming.Remote(i));
                    Assert.False(incoming.Datagram(i).ContainsAnyExcept((byte)expected));
                }
            }
        }
    }

    [Fact]
    public void A_batch_can_go_to_several_addresses()
    {
        using var sender = BindLoopback();
        using var first = BindLoopback();
        using var second = BindLoopback();
        var batch = new DatagramBatch();
        for (var i = 0; i < 10; i++) Queue(batch, [(byte)i], i % 2 == 0 ? first : second);

        Assert.Equal(10, sender.Send(batch));

        Assert.Equal([0, 2, 4, 6, 8], FirstBytes(first, 5));
        Assert.Equal([1, 3, 5, 7, 9], FirstBytes(second, 5));
    }

    [Fact]
    public void A_time_out_returns_nothing()
    {
        using var socket = BindLoopback();
        var batch = new DatagramBatch(4);

        Assert.Equal(0, socket.Receive(batch, TimeSpan.Zero));
        Assert.Equal(0, socket.Receive(batch, TimeSpan.FromMilliseconds(5)));
        Assert.Equal(0, batch.Count);
    }

    [Fact]
    public void A_wake_before_the_wait_ends_it()
    {
        using var socket = BindLoopback();
        socket.Wake();
        socket.Wake();

        Assert.Equal(0, socket.Receive(new DatagramBatch(4), Timeout.InfiniteTimeSpan));
    }

    [Fact]
    public async Task A_wake_from_another_thread_ends_the_wait_each_time()
    {
        using var socket = BindLoopback();
        for (var round = 0; round < 20; round++)
        {
            var waiting = Task.Run(() => socket.Receive(new DatagramBatch(4), Timeout.InfiniteTimeSpan), Cancellation);
            socket.Wake();
            Assert.Equal(0, await waiting.WaitAsync(Enough, Cancellation));
        }
    }

    [Fact]
    public void A_wake_loses_no_datagram()
    {
        using var socket = BindLoopback();
        using var sender = BindLoopback();
        var batch = new DatagramBatch();
        for (var i = 0; i < 50; i++)
        {
            Queue(batch, [(byte)i], socket);
            sender.Send(batch);
            socket.Wake();
            Assert.Equal([(byte)i], FirstBytes(socket, 1));
        }
    }

    [Fact]
    public void An_oversize_datagram_is_dropped_and_counted_and_its_neighbours_arrive()
    {
        using var receiver = BindLoopback();
        using var plain = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        foreach (var length in new[] { 10, 2_049, 9_000, 2_048, 3_000, 20 }) plain.Send(new byte[length], length, receiver.LocalEndPoint);

        var lengths = new List<int>();
        var batch = new DatagramBatch();
        while (lengths.Count < 3 && receiver.Receive(batch, Enough) > 0)
        {
            for (var i = 0; i < batch.Count; i++) lengths.Add(batch.Length(i));
        }

        Assert.Equal([10, 2_048, 20], lengths);
        Assert.Equal(3, receiver.Statistics.ReceivedTruncated);
    }

    [Fact]
    public void What_cannot_be_sent_is_counted_and_the_rest_goes()
    {
        using var sender = BindLoopback();
        using var receiver = BindLoopback();
        var batch = new DatagramBatch();
        Queue(batch, [1], receiver);
        batch.Add(1, TransportAddress.From(new IPEndPoint(IPAddress.Parse("2001:db8::1"), 9))); // not from an IPv4 socket
        batch.Add(1, AddressOf(receiver) with { Port = 0 });
        batch.Add(1, TransportAddress.From(new IPEndPoint(IPAddress.Broadcast, 9))); // forbidden without SO_BROADCAST
        Queue(batch, [2], receiver);

        Assert.Equal(2, sender.Send(batch));

        Assert.Equal(3, sender.Statistics.DroppedUnsendable);
        Assert.Equal([1, 2], FirstBytes(receiver, 2));
    }

    [Fact]
    public void A_port_where_nobody_listens_disturbs_nothing()
    {
        TransportAddress nobody;
        using (var gone = BindLoopback()) nobody = AddressOf(gone);
        using var sender = BindLoopback();
        using var receiver = BindLoopback();
        var batch = new DatagramBatch();
        for (var round = 0; round < 5; round++)
        {
            batch.Add(1, nobody);
            Queue(batch, [(byte)round], receiver);
            Assert.Equal(2, sender.Send(batch));
            Assert.Equal(0, sender.Receive(new DatagramBatch(4), TimeSpan.Zero));
            Assert.Equal([(byte)round], FirstBytes(receiver, 1));
        }
    }

    [Fact]
    public void A_full_batch_takes_no_more()
    {
        var batch = new DatagramBatch(2);
        var nowhere = TransportAddress.FromIPv4(0, 1);

        Assert.True(batch.Add(1, nowhere));
        Assert.True(batch.Add(1, nowhere));
        Assert.False(batch.Add(1, nowhere));
        Assert.True(batch.NextBuffer.IsEmpty);
        Assert.Throws<ArgumentOutOfRangeException>(() => batch.Add(2_049, nowhere));
    }

    [Fact]
    public void More_datagrams_than_slots_come_in_several_batches()
    {
        using var sender = BindLoopback();
        using var receiver = BindLoopback();
        var outgoing = new DatagramBatch(40);
        for (var i = 0; i < 40; i++) Queue(outgoing, [(byte)i], receiver);
        sender.Send(outgoing);

        var incoming = new DatagramBatch(16);
        var bytes = new List<byte>();
        while (bytes.Count < 40 && receiver.Receive(incoming, Enough) > 0)
        {
            Assert.InRange(incoming.Count, 1, 16);
            for (var i = 0; i < incoming.Count; i++) bytes.Add(incoming[i].Datagram[0]);
        }

        Assert.Equal(Enumerable.Range(0, 40).Select(i => (byte)i), bytes);
    }

    [Fact]
    public void A_dual_stack_socket_talks_to_both_families()
    {
        Assert.SkipUnless(Socket.OSSupportsIPv6, "This machine has no IPv6.");
        using var both = Bind(new IPEndPoint(IPAddress.IPv6Any, 0));
        using var four = BindLoopback();
        using var six = Bind(new IPEndPoint(IPAddress.IPv6Loopback, 0));
        var batch = new DatagramBatch();
        foreach (var (socket, self) in new[] { (four, IPAddress.Loopback), (six, IPAddress.IPv6Loopback) })
        {
            batch.Add(1, TransportAddress.From(new IPEndPoint(self, both.LocalEndPoint.Port)));
            Assert.Equal(1, socket.Send(batch));
            var received = new DatagramBatch(4);
            Assert.Equal(1, both.Receive(received, Enough));
            Assert.Equal(AddressOf(socket), received.Remote(0));

            batch.Add(1, received.Remote(0));
            Assert.Equal(1, both.Send(batch));
            Assert.Equal(1, socket.Receive(received, Enough));
        }
    }

    [Fact]
    public async Task Closing_ends_a_wait_and_later_calls_say_so()
    {
        var socket = BindLoopback();
        var waiting = Task.Run(() => socket.Receive(new DatagramBatch(4), TimeSpan.FromMinutes(1)), Cancellation);
        socket.Dispose();
        try
        {
            Assert.Equal(0, await waiting.WaitAsync(Enough, Cancellation));
        }
        catch (ObjectDisposedException)
        {
            // It had not begun to wait.
        }

        socket.Dispose();
        socket.Wake();
        Assert.Throws<ObjectDisposedException>(() => socket.Receive(new DatagramBatch(4), TimeSpan.Zero));
        Assert.Throws<ObjectDisposedException>(() => socket.Send(new DatagramBatch(4)));
    }

    [Fact]
    public void A_taken_port_is_refused()
    {
        using var socket = BindLoopback();
        Assert.Throws<SocketException>(() => Bind(socket.LocalEndPoint));
    }

    [Fact]
    public void Sending_and_receiving_allocate_nothing()
    {
        using var sender = BindLoopback();
        using var receiver = BindLoopback();
        var outgoing = new DatagramBatch();
        var incoming = new DatagramBatch();
        var address = AddressOf(receiver);
        for (var round = 0; round < 50; round++) Exchange(); // jitted

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; round < 20; round++) Exchange();

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Exchange()
        {
            for (var i = 0; i < 32; i++) outgoing.Add(1_200, address);
            var missing = sender.Send(outgoing);
            while (missing > 0)
            {
                var received = receiver.Receive(incoming, Enough);
                if (received == 0) break;
                missing -= received;
            }

            receiver.Wake();
            receiver.Receive(incoming, TimeSpan.FromMilliseconds(1));
        }
    }

    protected static TransportAddress AddressOf(IDatagramSocket socket) => TransportAddress.From(socket.LocalEndPoint);

    protected IDatagramSocket BindLoopback() => Bind(new IPEndPoint(IPAddress.Loopback, 0));

    protected static void Queue(DatagramBatch batch, ReadOnlySpan<byte> datagram, IDatagramSocket to)
    {
        datagram.CopyTo(batch.NextBuffer);
        Assert.True(batch.Add(datagram.Length, AddressOf(to)));
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Receives until so many datagrams have come, passing over returns without any.</summary>
    private static List<byte> FirstBytes(IDatagramSocket socket, int count)
    {
        var batch = new DatagramBatch();
        var bytes = new List<byte>();
        for (var tries = 0; tries < 10 && bytes.Count < count; tries++)
        {
            socket.Receive(batch, Enough);
            for (var i = 0; i < batch.Count; i++) bytes.Add(batch.Datagram(i)[0]);
        }

        return bytes;
    }
}
