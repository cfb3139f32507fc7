using AV1Relay.RobotAgent.Media;
using Xunit;

namespace AV1Relay.Tests.Unit.RobotAgent.Media;

public sealed class EncoderAimTests
{
    private const int FullFrameRate = 150_000;

    [Theory]
    [InlineData(1_200_000, 1, 1_200_000)]
    [InlineData(150_000, 1, 150_000)]
    [InlineData(149_999, 2, 299_998)]
    [InlineData(75_000, 2, 150_000)]
    [InlineData(50_000, 3, 150_000)]
    public void Where_the_path_carries_little_pictures_are_left_out_and_those_that_are_sent_keep_their_share(int pathBps, int everyNth, int aimBps)
    {
        var aim = new EncoderAim(FullFrameRate);

        aim.Follow(pathBps);

        Assert.Equal((everyNth, aimBps), (aim.EveryNth, aim.BitrateBps));
    }

    [Fact]
    public void On_the_verge_between_two_frame_rates_the_lower_one_stays_until_there_is_room()
    {
        var aim = new EncoderAim(FullFrameRate);
        aim.Follow(149_000);

        Assert.All((int[])[151_000, 149_000, 165_000, 150_000], bps => Assert.Equal(2, EveryNthAt(bps)));
        Assert.Equal(1, EveryNthAt(175_000));

        int EveryNthAt(int bps)
        {
            aim.Follow(bps);
            return aim.EveryNth;
        }
    }

    [Fact]
    public void An_encoder_that_changes_in_place_follows_whatever_is_worth_it_at_once()
    {
        var aim = new EncoderAim(FullFrameRate);
        aim.OnOpened(TimeSpan.Zero);
        aim.Follow(1_000_000);

        Assert.False(aim.IsChangeDue(990_000, isInPlace: true, TimeSpan.Zero));
        Assert.True(aim.IsChangeDue(970_000, isInPlace: true, TimeSpan.Zero));
        Assert.True(aim.IsChangeDue(1_030_000, isInPlace: true, TimeSpan.Zero));
    }

    /// <summary>Whoever makes the path look wide and narrow in turns ten times a second.</summary>
    [Fact]
    public void An_encoder_that_is_opened_anew_for_it_is_not_moved_by_a_path_that_wavers()
    {
        var aim = new EncoderAim(FullFrameRate);
        aim.OnOpened(TimeSpan.Zero);
        var (encoder, changes) = (1_200_000, 0);

        for (var ms = 0; ms < 10_000; ms += 100)
        {
            aim.Follow(ms / 100 % 2 == 0 ? 500_000 : 1_200_000);
            if (!aim.IsChangeDue(encoder, isInPlace: false, TimeSpan.FromMilliseconds(ms))) continue;
            (encoder, changes) = (aim.BitrateBps, changes + 1);
        }

        Assert.InRange(changes, 2, 8); // down within half a second, up after two
    }

    [Fact]
    public void An_encoder_that_is_opened_anew_is_lowered_within_half_a_second()
    {
        var aim = new EncoderAim(FullFrameRate);
        aim.OnOpened(TimeSpan.Zero);
        aim.Follow(500_000);

        Assert.False(aim.IsChangeDue(1_200_000, isInPlace: false, TimeSpan.FromMilliseconds(400)));
        Assert.True(aim.IsChangeDue(1_200_000, isInPlace: false, TimeSpan.FromMilliseconds(500)));
        Assert.False(aim.IsChangeDue(550_000, isInPlace: false, TimeSpan.FromSeconds(9))); // too near to be worth a keyframe
    }
}
