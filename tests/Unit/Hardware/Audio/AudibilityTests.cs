using AV1Relay.Hardware.Audio;
using Xunit;

namespace AV1Relay.Tests.Unit.Hardware.Audio;

/// <summary>Can they hear me? Frames are 20 ms; a voice of −20 dBFS at the robot's own microphone arrives 16 dB weaker in the class.</summary>
public sealed class AudibilityTests
{
    private const double Silence = PcmLevel.SilenceDbfs;
    private const double Voice = -20;
    private readonly Audibility _audibility = new();

    [Fact]
    public void Nothing_is_said_before_a_second_of_talk()
    {
        Room(-60, seconds: 6);
        Talk(own: -20, seconds: 0.9);
        Assert.Equal(VoiceReach.Unknown, _audibility.Reach);
        Talk(own: -20, seconds: 0.2);
        Assert.Equal(VoiceReach.Clear, _audibility.Reach);
    }

    [Theory]
    [InlineData(-20, -60, VoiceReach.Clear)] // 24 dB over the noise in the class
    [InlineData(-20, -40, VoiceReach.Quiet)] // 4
    [InlineData(-20, -30, VoiceReach.Lost)] // −6
    public void What_counts_is_how_far_the_voice_stands_out_of_the_room(double own, double noise, VoiceReach reach)
    {
        Room(noise, seconds: 6);
        Talk(own, seconds: 3);
        Assert.Equal(reach, _audibility.Reach);
        Assert.Equal(noise, _audibility.NoiseDbfs!.Value, 1.0);
    }

    [Fact]
    public void A_speaker_that_does_not_sound_any_more_is_found_out()
    {
        Room(-60, seconds: 6);
        Talk(own: -20, seconds: 3);
        Talk(own: -80, seconds: 12);
        Assert.Equal(VoiceReach.Lost, _audibility.Reach);
    }

    [Fact]
    public void A_speakerphone_that_cancels_by_itself_is_judged_by_what_was_sent_to_it()
    {
        Room(-60, seconds: 6);
        Talk(own: -80, seconds: 3);
        Assert.Equal(VoiceReach.Clear, _audibility.Reach);
    }

    [Fact]
    public void A_class_that_speaks_in_between_is_not_its_noise()
    {
        for (var n = 0; n < 10; n++)
        {
            Room(-25, seconds: 0.7);
            Room(-60, seconds: 0.5);
        }

        Talk(own: -20, seconds: 2);
        Assert.Equal(VoiceReach.Clear, _audibility.Reach);
    }

    [Fact]
    public void The_pupils_own_voice_is_not_the_rooms_noise()
    {
        Room(-60, seconds: 6);
        for (var n = 0; n < 120; n++)
        {
            Talk(own: -20, seconds: 1);
            Frames(0.1, heard: -25, played: Silence, own: Silence); // reverberation between two words
        }

        Assert.Equal(-60, _audibility.NoiseDbfs!.Value, 1.0);
    }

    [Fact]
    public void At_the_edge_it_does_not_flicker()
    {
        Room(-46, seconds: 6);
        Talk(own: -15, seconds: 4); // 15 dB over the noise: clear
        var changes = 0;
        var before = _audibility.Reach;
        for (var n = 0; n < 20; n++)
        {
            Talk(own: n % 2 == 0 ? -19 : -21, seconds: 2); // 11 and 9 dB, round the limit of 10
            if (_audibility.Reach != before) changes++;
            before = _audibility.Reach;
        }

        Assert.Equal(0, changes);
        Assert.Equal(VoiceReach.Clear, before);
    }

    [Fact]
    public void A_room_that_grows_loud_is_noticed_within_ten_seconds_of_listening()
    {
        Room(-60, seconds: 6);
        Talk(own: -20, seconds: 3);
        Room(-30, seconds: 10.1);
        Talk(own: -20, seconds: 3);
        Assert.Equal(VoiceReach.Lost, _audibility.Reach);
    }

    [Fact]
    public void Without_a_microphone_the_level_alone_tells()
    {
        for (var n = 0; n < 100; n++) _audibility.OnPlayed(-24);
        Assert.Equal(VoiceReach.Clear, _audibility.Reach);
        for (var n = 0; n < 400; n++) _audibility.OnPlayed(-40);
        Assert.Equal(VoiceReach.Quiet, _audibility.Reach);
    }

    [Fact]
    public void A_voice_that_was_switched_off_is_not_judged_any_more()
    {
        Room(-60, seconds: 6);
        Talk(own: -20, seconds: 3);
        _audibility.Restart();
        Assert.Equal(VoiceReach.Unknown, _audibility.Reach);
        Talk(own: -20, seconds: 1.1); // the room is still known
        Assert.Equal(VoiceReach.Clear, _audibility.Reach);
    }

    private void Room(double noise, double seconds) => Frames(seconds, noise, Silence, Silence);

    private void Talk(double own, double seconds) => Frames(seconds, own, Voice, own);

    private void Frames(double seconds, double heard, double played, double own)
    {
        for (var n = 0; n < seconds * 50; n++) _audibility.OnFrame(heard, played, own);
    }
}
