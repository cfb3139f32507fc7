using AV1Relay.Hardware.Lights;
using AV1Relay.Protos.V1;
using AV1Relay.RobotAgent.Safety;
using Xunit;
using HeadRange = AV1Relay.Hardware.Head.HeadRange;

namespace AV1Relay.Tests.Unit.RobotAgent.Safety;

/// <summary>The promises, checked after every event of every short story and of long random ones against a model of their own.</summary>
public sealed class SafetyInvariantTests
{
    private static readonly Action<Story>[] Events =
    [
        story => story.LinkUp(),
        story => story.LinkDown(),
        story => story.Grant(),
        story => story.Withdraw(),
        story => story.Room(present: true),
        story => story.Room(present: false),
        story => story.Curtain(),
        story => story.Wish(drawn: true),
        story => story.Wish(drawn: false),
        story => story.Switch(),
        story => story.LightsConfirm(),
        story => story.LightsFail(),
        story => story.Act(),
        story => story.Command(SafetyFixture.Look(40)),
        story => story.Restart(),
        story => story.Wait(0.4),
        story => story.Wait(5.1),
    ];

    [Fact]
    public void Every_story_of_five_events_keeps_the_promises()
    {
        var path = new int[5];
        do
        {
            var story = new Story();
            story.LinkUp();
            story.Grant();
            story.Room(present: true);
            foreach (var step in path)
            {
                Events[step](story);
                story.Check();
            }
        }
        while (Next(path));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Long_random_stories_keep_the_promises(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < 200; i++)
        {
            var story = new Story();
            for (var step = 0; step < 250; step++)
            {
                // Going live is a narrow path: walk it often enough that the checks have something to check.
                if (random.Next(6) == 0) story.GoLive();
                else if (random.Next(12) == 0) story.Command(RandomCommand(random));
                else Events[random.Next(Events.Length)](story);
                story.Check();
            }

            Assert.True(story.TimesLive > 0);
        }
    }

    private static Command RandomCommand(Random random) => random.Next(9) switch
    {
        0 => SafetyFixture.Look((random.NextDouble() * 400) - 200, (random.NextDouble() * 80) - 40, random.NextDouble() * 5),
        1 => new Command { HandRaised = random.Next(2) == 0 },
        2 => new Command { NeedsAMinute = random.Next(2) == 0 },
        3 => new Command { Passive = random.Next(2) == 0 },
        4 => new Command { Microphone = (MicrophoneMode)random.Next(5) },
        5 => new Command { Zoom = random.NextDouble() * 5 },
        6 => new Command { HandRaised = true, IssuedAtMs = 1 },
        7 => new Command { RoomPlace = new() { Preset = (Preset)random.Next(5), Pose = random.Next(4) == 0 ? null : SafetyFixture.Look((random.NextDouble() * 400) - 200, (random.NextDouble() * 80) - 40).HeadTarget } },
        _ => new Command { Preset = (Preset)random.Next(5) },
    };

    private static bool Next(int[] path)
    {
        for (var i = 0; i < path.Length; i++)
        {
            if (++path[i] < Events.Length) return true;
            path[i] = 0;
        }

        return false;
    }

    /// <summary>Does to the core what a relay, a class and devices may do, and keeps its own, simpler book of what must hold.</summary>
    private sealed class Story
    {
        private readonly SafetyFixture _robot = new();
        private readonly HashSet<Capability> _granted = [];
        private ulong _fencingNumber;
        private bool _linkUp;
        private bool _granting;
        private bool _affirmed;
        private TimeSpan _affirmedUntil = TimeSpan.MinValue;
        private bool _audience;
        private bool _curtainAtRobot;
        private bool _curtainFromPage; // of the one session that there is
        private bool _private;
        private LightSign? _shown;
        private TimeSpan _shownAt;
        private bool _mayMove;

        private bool IsCurtain => _curtainAtRobot || (_curtainFromPage && _granting);

        public int TimesLive { get; private set; }

        public void LinkUp()
        {
            if (_linkUp) return;
            _robot.LinkUp();
            (_linkUp, _affirmed) = (true, false);
        }

        public void LinkDown()
        {
            _robot.LinkDown();
            if (_affirmed) _affirmedUntil = _robot.Now + TimeSpan.FromSeconds(5);
            (_linkUp, _affirmed) = (false, false);
        }

        public void Grant()
        {
            Capability[] some = (_fencingNumber % 3) switch
            {
                0 => Enum.GetValues<Capability>(),
                1 => [Capability.See, Capability.LookAround],
                _ => [Capability.Hear, Capability.Speak],
            };
            _robot.Grant(++_fencingNumber, some);
            if (!_linkUp) return;
            _granted.Clear();
            _granted.UnionWith(some);
            (_granting, _affirmed) = (true, true);
        }

        public void Withdraw()
        {
            _robot.Safety.OnGrantWithdrawn("lesson", _robot.Now);
            (_granting, _audience) = (false, false);
        }

        public void Room(bool present)
        {
            _robot.PupilIs(present);
            if (_granting) _audience = present; // nobody can be in the room of no session
        }

        public void Curtain()
        {
            _robot.Safety.OnCurtainPressed(_robot.Now);
            (_curtainAtRobot, _curtainFromPage) = (!IsCurtain, false);
        }

        public void Wish(bool drawn)
        {
            _robot.Wish(drawn, _fencingNumber);
            if (_linkUp && _affirmed && _granting && (drawn || !_curtainAtRobot)) _curtainFromPage = drawn;
        }

        public void Switch()
        {
            _private = !_private;
            _robot.Safety.OnPrivacySwitch(_private, _robot.Now);
        }

        public void LightsConfirm()
        {
            (_shown, _shownAt) = (_robot.Decision.Sign, _robot.Now);
            _robot.LightsShowWhatTheyShould();
        }

        public void LightsFail()
        {
            _shown = null;
            _robot.Safety.OnLightsFailed("loose", _robot.Now);
        }

        /// <summary>The devices follow the decision.</summary>
        public void Act()
        {
            if (_robot.Decision.Camera) _robot.Safety.Camera.OnOpening();
            else _robot.Safety.Camera.OnClosed();
            if (_robot.Decision.Microphone) _robot.Safety.Microphone.OnOpening();
            else _robot.Safety.Microphone.OnClosed();
        }

        public void Restart()
        {
            _robot.Restart();
            (_linkUp, _granting, _affirmed, _affirmedUntil, _audience) = (false, false, false, TimeSpan.MinValue, false);
            _shown = null;
        }

        public void Command(Command command)
        {
            DrainHead();
            _robot.Send(command, _fencingNumber);
            _mayMove = true;
        }

        public void Wait(double seconds) => _robot.Wait(seconds);

        public void GoLive()
        {
            LinkUp();
            if (!_affirmed || !_granting) Grant();
            Room(present: true);
            if (IsCurtain) Curtain();
            if (_private) Switch();
            LightsConfirm();
            LightsConfirm();
            Act();
        }

        public void Check()
        {
            var now = _robot.Now;
            var decision = _robot.Decision;
            var permitted = _granting && (_affirmed || now < _affirmedUntil);
            var lit = _shown is { } sign && SafetyFixture.IsLive(sign) && now < _shownAt + TimeSpan.FromSeconds(1);
            if (decision.Camera || decision.Microphone)
            {
                TimesLive++;
                Assert.True(permitted, "media without a grant");
                Assert.True(lit, "media without lights");
                Assert.True(_audience, "media without anybody announced");
                Assert.False(IsCurtain, "media behind the curtain");
                Assert.False(_private, "media with the privacy switch off");
                Assert.True(SafetyFixture.IsLive(decision.Sign), "media while the lights are to change to another sign");
                if (decision.Camera) Assert.Contains(Capability.See, _granted);
                if (decision.Microphone) Assert.Contains(Capability.Hear, _granted);
            }

            if (decision.Voice != MicrophoneMode.Off)
            {
                Assert.True(permitted && !_private && _shown is not null, "a voice without a grant or without lights");
                Assert.Contains(decision.Voice == MicrophoneMode.Speak ? Capability.Speak : Capability.Whisper, _granted);
            }

            Assert.Equal(permitted, decision.Publish);
            if (_robot.Safety.Camera.IsOpen || _robot.Safety.Microphone.IsOpen)
                Assert.True(SafetyFixture.IsLive(decision.Sign), "an open device without the live sign");
            CheckHead(permitted);
        }

        private void CheckHead(bool permitted)
        {
            while (_robot.Safety.TryTakeHeadOutput(out var output))
            {
                if (output is not HeadOutput.MoveTo move) continue;
                Assert.True(_mayMove && permitted && _linkUp && _audience, "the head moved by itself");
                Assert.Contains(Capability.LookAround, _granted);
                Assert.True(HeadRange.Reference.Contains(move.Target));
            }

            _mayMove = false;
        }

        private void DrainHead()
        {
            while (_robot.Safety.TryTakeHeadOutput(out _))
            {
            }
        }
    }
}
