using AV1Relay.WebRtc.Dtls;
using Xunit;

namespace AV1Relay.Tests.Unit.WebRtc.Dtls;

public sealed class DtlsApplicationDataTests
{
    [Fact]
    public void Application_data_passes_both_ways_once_connected()
    {
        var atClient = new Collector();
        var atServer = new Collector();
        using var pair = new DtlsPair(clientData: atClient, serverData: atServer);
        pair.Start();
        Assert.False(pair.Client.TrySendApplicationData("early"u8));
        pair.Run();

        Assert.True(pair.Client.TrySendApplicationData("to the server"u8));
        Assert.True(pair.Client.TrySendApplicationData("and more"u8));
        Assert.True(pair.Server.TrySendApplicationData(new byte[1_100]));
        Assert.False(pair.Server.TrySendApplicationData(new byte[1_200]));
        pair.Run();

        Assert.Equal(["to the server", "and more"], atServer.Messages.Select(System.Text.Encoding.UTF8.GetString));
        Assert.Equal(1_100, Assert.Single(atClient.Messages).Length);
    }

    [Fact]
    public void Without_anyone_to_take_it_application_data_is_dropped_and_the_session_goes_on()
    {
        using var pair = new DtlsPair();
        pair.Start();
        pair.Run();
        for (var i = 0; i < 2_000; i++)
        {
            Assert.True(pair.Client.TrySendApplicationData("nobody listens"u8));
            pair.Run();
        }

        Assert.True(pair.AreConnected);
    }

    [Fact]
    public void A_repeated_record_is_delivered_once()
    {
        var atServer = new Collector();
        using var pair = new DtlsPair(serverData: atServer);
        pair.Start();
        pair.Run();

        pair.Client.TrySendApplicationData("once"u8);
        pair.Run((_, _) => 3);

        Assert.Single(atServer.Messages);
    }

    [Theory]
    [InlineData(DtlsRole.Client)]
    [InlineData(DtlsRole.Server)]
    public void Goodbye_closes_both_ends(DtlsRole leaver)
    {
        using var pair = new DtlsPair();
        pair.Start();
        pair.Run();

        (leaver == DtlsRole.Client ? pair.Client : pair.Server).Close();
        pair.Run();

        Assert.Equal(DtlsState.Closed, pair.Client.State);
        Assert.Equal(DtlsState.Closed, pair.Server.State);
        Assert.Null(pair.Client.Failure);
        Assert.Null(pair.Server.Failure);
        Assert.False(pair.Client.TrySendApplicationData([1]));
    }

    [Fact]
    public void An_owner_who_takes_nothing_does_not_make_the_queue_grow()
    {
        using var pair = new DtlsPair();
        pair.Start();
        pair.Run();
        for (var i = 0; i < 500; i++) pair.Client.TrySendApplicationData("x"u8);
        Assert.Equal(64, pair.Take(DtlsRole.Client).Count);
    }
}

internal sealed class Collector : IDtlsApplicationDataSink
{
    public List<byte[]> Messages { get; } = [];

    public void OnApplicationData(ReadOnlySpan<byte> data) => Messages.Add(data.ToArray());
}
