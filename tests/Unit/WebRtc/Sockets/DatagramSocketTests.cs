using System.Net;
using AV1Relay.WebRtc.Sockets;
using Xunit;

namespace AV1Relay.Tests.Unit.WebRtc.Sockets;

public sealed class PortableDatagramSocketTests : DatagramSocketContract
{
    protected override IDatagramSocket Bind(IPEndPoint endpoint) => DatagramSockets.BindPortable(endpoint);
}

public sealed class LinuxDatagramSocketTests : DatagramSocketContract
{
    protected override IDatagramSocket Bind(IPEndPoint endpoint)
    {
        Assert.SkipUnless(LinuxDatagramSocket.IsSupported, "Not 64-bit Linux.");
        return Assert.IsType<LinuxDatagramSocket>(DatagramSockets.Bind(endpoint));
    }

    [Fact]
    public void The_kernel_stamps_each_datagram()
    {
        using var sender = BindLoopback();
        using var receiver = BindLoopback();
        var batch = new DatagramBatch();
        var before = TimeProvider.System.GetUtcNow();
        for (var i = 0; i < 3; i++) Queue(batch, [1], receiver);
        sender.Send(batch);

        for (var received = 0; received < 3; received += batch.Count)
        {
            Assert.NotEqual(0, receiver.Receive(batch, TimeSpan.FromSeconds(5)));
            for (var i = 0; i < batch.Count; i++)
            {
                var stamp = DateTimeOffset.UnixEpoch.AddTicks(batch.KernelTimestampNanos(i) / 100);
                Assert.InRange(stamp, before - TimeSpan.FromMilliseconds(1), TimeProvider.System.GetUtcNow() + TimeSpan.FromMilliseconds(1));
            }
        }
    }
}
