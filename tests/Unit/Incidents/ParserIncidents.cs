using AV1Relay.Sfu;
using AV1Relay.Tests.Unit.Sfu.Rooms;
using AV1Relay.Tests.Unit.Sfu.Shards;
using AV1Relay.WebRtc.Peer;
using AV1Relay.WebRtc.Rtcp;
using AV1Relay.WebRtc.Sdp;
using Xunit;

namespace AV1Relay.Tests.Unit.Incidents;

public sealed class ParserIncidents : IDisposable
{
    private readonly VirtualRelay _relay = new();

    public void Dispose() => _relay.Dispose();

    [Fact]
    public void Libp2p_and_PJSIP_no_stun_message_throws_loops_or_underflows_whatever_its_lengths_say()
    {
        var pupil = _relay.Connect(PeerRole.Pupil, Offers.Pupil());
        Sweep(Checks.For(pupil.Joined, isNominating: true), datagram => _relay.Core.OnDatagram(datagram, pupil.Address, _relay.Now));

        Assert.Equal(PeerState.Connected, pupil.State);
        Assert.Equal(0, _relay.Core.Counters.Faults);
    }

    [Fact]
    public void Str0m_and_SipSorcery_no_authentic_rtcp_throws_loops_or_underflows_whatever_its_lengths_say()
    {
        var robot = _relay.Connect(PeerRole.Robot, Offers.Robot());
        var pupil = _relay.Connect(PeerRole.Pupil, Offers.Pupil());
        var compound = new byte[600];
        var length = RtcpWriter.WriteReceiverReport(compound, 1, [default]);
        length += RtcpWriter.WriteSdesCname(compound.AsSpan(length), 1, "x"u8);
        length += RtcpWriter.WriteNack(compound.AsSpan(length), 1, 2, [5, 6, 400]);
        length += RtcpWriter.WriteFir(compound.AsSpan(length), 1, 2, 3);
        length += RtcpWriter.WriteRemb(compound.AsSpan(length), 1, 1_000_000, 2, 3);
        length += RtcpWriter.WriteBye(compound.AsSpan(length), 1);
        Sweep(compound[..length], plain =>
        {
            if (pupil.TryProtectControl(plain) is { } datagram) _relay.Core.OnDatagram(datagram, pupil.Address, _relay.Now);
        });

        _relay.Send(robot, robot.Rtp(1, 0, [0xFC, 1], "a"));
        Assert.Single(pupil.On("a"));
    }

    [Fact]
    public void Janus_an_sdp_is_bounded_in_length_lines_sections_candidates_and_extensions()
    {
        Refused(new string('a', SdpLimits.Characters + 1));
        Refused("v=0\r\n" + string.Concat(Enumerable.Repeat("a=x\r\n", SdpLimits.Lines + 1)));
        Refused("v=0\r\na=" + new string('x', SdpLimits.LineCharacters) + "\r\n");
        Refused(With(string.Concat(Enumerable.Repeat("m=audio 9 UDP/TLS/RTP/SAVPF 0\r\n", SdpLimits.MediaSections + 1))));
        Refused(With("m=audio 9 UDP/TLS/RTP/SAVPF 0\r\n" + Many(SdpLimits.ExtensionsPerSection + 1, i => $"a=extmap:{i + 1} urn:x\r\n")));
        Refused(With("m=audio 9 UDP/TLS/RTP/SAVPF " + string.Join(' ', Enumerable.Range(0, SdpLimits.FormatsPerSection + 1)) + "\r\n"));

        var many = With("m=audio 9 UDP/TLS/RTP/SAVPF 0\r\n" + Many(SdpLimits.CandidatesPerSection + 50, i => $"a=candidate:{i} 1 udp 1 192.0.2.1 {i + 1} typ host\r\n"));
        Assert.True(SessionDescription.TryParse(many, out var read, out _));
        Assert.Equal(SdpLimits.CandidatesPerSection, read.Media[0].Candidates.Count); // a host with many addresses is no error

        static string With(string sections) => "v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\n" + sections;
        static string Many(int count, Func<int, string> line) => string.Concat(Enumerable.Range(0, count).Select(line));
    }

    private void Refused(string sdp)
    {
        var before = _relay.Core.Counters.JoinsRefused;
        var refused = Assert.IsType<JoinOutcome.Refused>(_relay.Join(PeerRole.Pupil, sdp));
        Assert.Equal(JoinRefusal.MalformedOffer, refused.Reason);
        Assert.Equal(before + 1, _relay.Core.Counters.JoinsRefused);
    }

    /// <summary>Every length, and every byte at its limits.</summary>
    private static void Sweep(byte[] sample, Action<byte[]> read)
    {
        for (var length = 0; length <= sample.Length; length++) read(sample[..length]);
        for (var at = 0; at < sample.Length; at++)
        {
            foreach (byte value in (byte[])[0, 1, 3, 4, 0x7F, 0x80, 0xFE, 0xFF])
            {
                var changed = sample.ToArray();
                changed[at] = value;
                read(changed);
            }
        }
    }
}
