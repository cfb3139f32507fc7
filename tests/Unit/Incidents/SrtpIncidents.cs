using System.Reflection;
using AV1Relay.Sfu;
using AV1Relay.Sfu.Shards;
using AV1Relay.Tests.Unit.Sfu.Rooms;
using AV1Relay.Tests.Unit.WebRtc.Srtp;
using AV1Relay.WebRtc.Rtcp;
using AV1Relay.WebRtc.Srtp;
using Xunit;

namespace AV1Relay.Tests.Unit.Incidents;

public sealed class SrtpIncidents
{
    public static TheoryData<SrtpProfile> Profiles => SrtpPair.Profiles;

    [Theory]
    [MemberData(nameof(Profiles))]
    public void Pion_and_wolfSSL_an_index_is_never_used_twice_under_a_key(SrtpProfile profile)
    {
        using var pair = new SrtpPair(profile);
        for (var i = 0; i < 3 * 65_536; i += 17) Assert.NotNull(pair.ProtectRtp(SrtpPair.Rtp((ushort)i))); // twice over the wrap: ROC goes on

        const int Last = 3 * 65_536 / 17 * 17;
        for (var back = 0; back < 60; back++)
            Assert.Null(pair.ProtectRtp(SrtpPair.Rtp((ushort)((Last - 17 * back) & 0xFFFF)))); // each again
    }

    [Fact]
    public void Pion_and_wolfSSL_a_subscribers_stream_has_an_ssrc_that_no_other_stream_of_its_key_has()
    {
        using var relay = new VirtualRelay();
        var observer = relay.Connect(PeerRole.Observer, Offers.Observer());

        var ssrcs = observer.Media.Select(media => media.RemoteSsrc).Where(ssrc => ssrc is not null).ToArray();
        Assert.Equal(3, ssrcs.Length);
        Assert.Equal(3, ssrcs.Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public void Str0m_and_libsrtp_wraps_under_loss_keep_the_rollover_counter_right(SrtpProfile profile)
    {
        using var pair = new SrtpPair(profile);
        var random = new Random(8);
        for (var index = 40_000; index < 400_000; index += random.Next(1, 9_000)) // every wrap itself is lost, most packets are
            Assert.Equal(SrtpError.None, pair.UnprotectRtp(pair.ProtectRtp(SrtpPair.Rtp((ushort)index))!));
    }

    [Fact]
    public void Libsrtp_a_stream_begins_below_the_half_of_the_numbers()
    {
        for (var i = 0; i < 20; i++)
        {
            using var relay = new VirtualRelay();
            var robot = relay.Connect(PeerRole.Robot, Offers.Robot());
            var pupil = relay.Connect(PeerRole.Pupil, Offers.Pupil());
            relay.Send(robot, robot.Rtp(65_000, 0, [0xFC, 1], "a"));

            Assert.InRange(pupil.On("a").Single().Header.SequenceNumber, 0, 0x7FFF);
        }
    }

    [Fact]
    public void Mediasoup_transport_wide_numbers_past_half_their_range_are_told_apart()
    {
        var builder = new TransportFeedbackBuilder();
        var buffer = new byte[1_500];
        var told = new List<ushort>();
        for (var number = 0x7F00; number < 0x1_8100; number++)
        {
            builder.OnPacket((ushort)number, TimeSpan.FromMilliseconds(number));
            if (number % 100 != 99) continue;
            var reader = new RtcpReader(buffer.AsSpan(0, builder.Write(buffer, 1, 2)));
            Assert.True(reader.TryNext(out var packet) && TransportFeedback.TryParse(packet, out _));
            Assert.True(TransportFeedback.TryParse(packet, out var feedback));
            foreach (var status in feedback)
            {
                if (status.IsReceived) told.Add(status.SequenceNumber);
            }
        }

        Assert.Equal(Enumerable.Range(0x7F00, told.Count).Select(number => (ushort)number), told);
        Assert.True(told.Count > 0x1_0000);
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public void Str0m_and_libsrtp_nothing_changes_before_a_packet_is_authenticated(SrtpProfile profile)
    {
        using var pair = new SrtpPair(profile);
        Assert.Equal(SrtpError.None, pair.UnprotectRtp(pair.ProtectRtp(SrtpPair.Rtp(100))!));
        var next = pair.ProtectRtp(SrtpPair.Rtp(101))!;
        var farAhead = next.ToArray();
        farAhead[2] = 0x70; // would move the window past the genuine one
        var anotherSource = next.ToArray();
        for (byte i = 0; i < 100; i++)
        {
            anotherSource[11] = (byte)(100 + i); // would use up all sources
            Assert.Equal(SrtpError.AuthenticationFailed, pair.UnprotectRtp(anotherSource));
        }

        Assert.Equal(SrtpError.AuthenticationFailed, pair.UnprotectRtp(farAhead));
        Assert.Equal(SrtpError.None, pair.UnprotectRtp(next));
    }

    [Fact]
    public void Libsrtp_the_replay_window_is_1024_packets_wide()
    {
        Assert.True(ReplayWindow.Length >= 1_024);
        using var pair = new SrtpPair(SrtpProfile.AeadAes128Gcm);
        var late = pair.ProtectRtp(SrtpPair.Rtp(1))!;
        for (ushort number = 2; number <= 1_024; number++) Assert.Equal(SrtpError.None, pair.UnprotectRtp(pair.ProtectRtp(SrtpPair.Rtp(number))!));

        Assert.Equal(SrtpError.None, pair.UnprotectRtp(late));
        Assert.Equal(SrtpError.Replayed, pair.UnprotectRtp(late));
    }

    /// <summary>Keys live in a peer's transport, peers in a shard's core, and a core is called by its shard's thread alone: others post.</summary>
    [Fact]
    public void SipSorcery_an_srtp_context_has_one_thread()
    {
        var holders = typeof(MediaRelay).Assembly.GetTypes()
            .SelectMany(type => type.GetFields(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.Static))
            .Where(field => field.FieldType == typeof(ShardCore))
            .Select(field => field.DeclaringType!.Name)
            .Where(name => !name.Contains('<', StringComparison.Ordinal)); // what a method's own closures hold runs where the method does
        Assert.Equal([nameof(Shard)], holders);

        var callers = typeof(MediaRelay).GetMethods(BindingFlags.Instance | BindingFlags.Public)
            .SelectMany(method => method.GetParameters().Select(parameter => parameter.ParameterType).Append(method.ReturnType))
            .Where(type => type.Namespace == typeof(ShardCore).Namespace || type.Namespace == typeof(Sfu.Rooms.VirtualPeer).Namespace);
        Assert.Empty(callers);
    }
}
