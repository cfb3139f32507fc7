using AV1Relay.Sfu;
using AV1Relay.Sfu.Negotiation;
using AV1Relay.Tests.Unit.Sfu.Rooms;
using AV1Relay.Tests.Unit.Sfu.Shards;
using AV1Relay.WebRtc;
using AV1Relay.WebRtc.Peer;
using AV1Relay.WebRtc.Rtcp;

namespace AV1Relay.Tests.Fuzz.Targets;

/// <summary>A whole shard with a call in it, a stranger who forges any address, and an insider of another session. The call goes on, untouched.</summary>
/// <remarks>The input is a script: who sends what from where, and how time goes on. Keys are fresh each time; the script's meaning is the same.</remarks>
internal sealed class ShardTarget : FuzzTarget
{
    private const int MostSteps = 200;
    private static readonly TransportAddress Nowhere = TransportAddress.FromIPv4(0xC633_6401, 1_024);

    public override string Name => "shard";

    public override int InputsInTests => 120;

    public override int LongestInput => 3_000;

    public override long MostBytesAnInput => 64 << 20;

    public override IReadOnlyList<byte[]> Words { get; } =
    [
        Hex("00"), Hex("01"), Hex("02"), Hex("03"), Hex("04"), Hex("05"), Hex("0600"), Hex("0703"), Hex("08"), Hex("09"),
        Hex("81CD0003000000010000000200050000"), Hex("81CE00020000000100000002"), Hex("80C80006"), Hex("8FCD"), Hex("81CA"), Hex("80CB0000"),
        Hex("16FEFD0000000000000000"), Hex("15FEFD000000000000000000020228"), Hex("9060"), Hex("BEDE"), Hex("80"), Hex("11111111"), Hex("22222222"),
    ];

    public override void Run(byte[] input)
    {
        using var relay = new VirtualRelay(new SfuOptions { HistoryBytesPerStream = 65_536 });
        new Call(relay).Play(new ByteScript(input));
    }

    private sealed class Call
    {
        private readonly VirtualRelay _relay;
        private readonly VirtualPeer _robot;
        private readonly VirtualPeer _pupil;
        private readonly VirtualPeer _insider;
        private readonly VirtualPeer _insidersRobot;
        private readonly List<byte[]> _seen = [];
        private ushort _sequenceNumber = 1;
        private ushort _forgedNumber = 1;
        private int _insidersNumber;

        public Call(VirtualRelay relay)
        {
            _relay = relay;
            _robot = relay.Connect(PeerRole.Robot, Offers.Robot());
            _pupil = relay.Connect(PeerRole.Pupil, Offers.Pupil());
            _insidersRobot = relay.Connect(PeerRole.Robot, Offers.Robot(), session: "b");
            _insider = relay.Connect(PeerRole.Pupil, Offers.Pupil(), identity: "insider", session: "b");
            Speak();
        }

        public void Play(ByteScript script)
        {
            for (var step = 0; step < MostSteps && !script.IsOver; step++) Step(ref script);
            Speak();
            _relay.Advance(TimeSpan.FromSeconds(1));
            Speak();
            Require(_relay.Core.PeerCount is 3 or 4, $"{_relay.Core.PeerCount} peers."); // an insider may leave
        }

        private void Step(ref ByteScript script)
        {
            switch (script.Choice(10))
            {
                case 0:
                    Give(script.Piece().ToArray(), Source(ref script));
                    break;
                case 1: // the call's own media, changed
                    var mid = script.Choice(2) == 0 ? "v" : "a";
                    Forge(ref script, _robot.Rtp(_forgedNumber++, 0, script.Piece(), mid, ssrc: 0x5000_0000));
                    break;
                case 2:
                    Forge(ref script, _pupil.Rtcp(buffer => RtcpWriter.WriteNack(buffer.Span, 1, Offers.VideoSsrc, [1, 2, 3])));
                    break;
                case 3: // anything, authentic
                    Inside(_insidersRobot.TryProtect([.. Header(ref script), .. script.Piece()]), ref script);
                    break;
                case 4:
                    Inside(_insider.TryProtectControl([.. script.Piece()]), ref script);
                    break;
                case 5:
                    var isInsiders = script.Choice(2) == 0;
                    var check = isInsiders ? Checks.For(_insider.Joined, script.Choice(2) == 0) : Checks.Unsigned(_pupil.Joined);
                    Give(script.Choice(2) == 0 ? check : script.Changed(check), Source(ref script));
                    break;
                case 6: // DTLS as if it were the call's, or the insider's
                    Give([(byte)(20 + script.Choice(6)), 0xFE, 0xFD, 0, (byte)script.Choice(2), 0, 0, 0, 0, 0, script.Byte(), 0, .. script.Piece()], Source(ref script));
                    break;
                case 7:
                    _relay.Advance(TimeSpan.FromMilliseconds(20 * script.Choice(60)));
                    Speak();
                    break;
                case 8:
                    if (_seen.Count > 0) Give(script.Changed(_seen[script.Choice(_seen.Count)]), Source(ref script));
                    break;
                default:
                    var fragment = ParsedSdp.Fragment($"a=ice-ufrag:abcd{script.Byte()}\r\na=ice-pwd:0123456789012345678901\r\n");
                    _relay.Core.Restart("b", _insider.Joined.ResourceId, null, "*", fragment);
                    Require(_relay.Join(PeerRole.Pupil, _insider.Offer, identity: "insider") is JoinOutcome.Refused, "Somebody else took the pupil's place.");
                    break;
            }
        }

        private void Forge(ref ByteScript script, byte[] genuine)
        {
            var forged = script.Changed(genuine);
            if (!forged.AsSpan().SequenceEqual(genuine)) Give(forged, Source(ref script));
        }

        /// <summary>The insider's, from where it is or from anywhere.</summary>
        private void Inside(byte[]? datagram, ref ByteScript script)
        {
            if (datagram is not null) Give(datagram, script.Choice(4) == 0 ? Source(ref script) : _insider.Address);
        }

        private byte[] Header(ref ByteScript script)
        {
            _insidersNumber++;
            return [(byte)(0x80 | script.Byte() & 0x3F), script.Byte(), (byte)(_insidersNumber >> 8), (byte)_insidersNumber, 0, 0, 0, script.Byte(), 0x11, 0x11, 0x11, (byte)(0x11 + script.Choice(3))];
        }

        private TransportAddress Source(ref ByteScript script) => script.Choice(6) switch
        {
            0 => _robot.Address,
            1 => _pupil.Address,
            2 => _insider.Address,
            3 => _insidersRobot.Address,
            4 => Nowhere,
            _ => Nowhere with { Port = script.Byte() },
        };

        private void Give(byte[] datagram, TransportAddress from)
        {
            if (_seen.Count < 64) _seen.Add(datagram.ToArray());
            _relay.Core.OnDatagram(datagram, from, _relay.Now);
            _relay.Pump();
        }

        /// <summary>One sound and one picture each way arrive as they were, and nothing else does.</summary>
        private void Speak()
        {
            Require(
                _robot.State == PeerState.Connected && _pupil.State == PeerState.Connected,
                $"The call is over at {_relay.Now}: robot {_robot.State} ({_robot.Failure}), pupil {_pupil.State} ({_pupil.Failure}).");
            _robot.Received.Clear();
            _pupil.Received.Clear();
            var number = _sequenceNumber++;
            byte[] picture = [0x65, (byte)number, 1, 2];
            byte[] sound = [0xFC, (byte)number];
            _relay.Send(_robot, _robot.Rtp(number, number * 3_000u, picture, "v"));
            _relay.Send(_robot, _robot.Rtp(number, number * 960u, sound, "a"));
            _relay.Send(_pupil, _pupil.Rtp(number, number * 960u, sound, "a"));
            Require(_pupil.Received.Count == 2 && _robot.Received.Count == 1, $"The pupil received {_pupil.Received.Count} packets of 2, the robot {_robot.Received.Count} of 1.");
            Require(_pupil.Received[0].Payload.AsSpan().SequenceEqual(picture), "The picture is not the robot's.");
            Require(_pupil.Received[1].Payload.AsSpan().SequenceEqual(sound) && _robot.Received[0].Payload.AsSpan().SequenceEqual(sound), "A sound is not the one that was sent.");
        }
    }
}
