using AV1Relay.Hardware;
using AV1Relay.Hardware.Linux.Gpio;
using Xunit;

namespace AV1Relay.Tests.Unit.Hardware.Linux.Gpio;

/// <summary>What happens to the contacts, the privacy switch above all, when chip or wire are not as they should be.</summary>
public sealed class GpioInputsTests : IAsyncDisposable
{
    private const int Line = 17;
    private readonly GpioBench _bench = new();
    private readonly GpioContact _contact = GpioPrivacySwitch.CreateContact(Line);
    private readonly GpioPrivacySwitch _switch;

    public GpioInputsTests() => _switch = new(_contact, curtain: null);

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Fact]
    public void Before_anything_was_read_it_is_private() => Assert.True(_switch.IsPrivate);

    [Fact]
    public void A_wire_that_came_off_is_private()
    {
        _bench.Ground(Line, true);
        _bench.With(_contact);
        Assert.False(_switch.IsPrivate);
        _bench.Ground(Line, false);
        _bench.Pass(10);
        Assert.True(_switch.IsPrivate);
    }

    [Fact]
    public void Private_comes_within_ten_milliseconds_and_open_only_after_fifty_without_chatter()
    {
        _bench.Ground(Line, true);
        _bench.With(_contact);
        _bench.Ground(Line, false);
        _bench.Pass(10);
        Assert.True(_switch.IsPrivate);
        for (var i = 0; i < 20; i++)
        {
            _bench.Ground(Line, i % 2 == 0);
            _bench.Pass(20);
            Assert.True(_switch.IsPrivate);
        }

        _bench.Ground(Line, true);
        _bench.Pass(45);
        Assert.True(_switch.IsPrivate);
        _bench.Pass(25);
        Assert.False(_switch.IsPrivate);
    }

    [Fact]
    public void A_chip_that_fails_is_private_at_once_named_and_tried_again()
    {
        _bench.Ground(Line, true);
        _bench.With(_contact);
        var told = 0;
        _switch.Changed += () => told++;
        _bench.Chip.IsBroken = true;
        _bench.Pass(10);
        Assert.True(_switch.IsPrivate);
        Assert.Equal(1, told);
        Assert.Contains("privacy switch on GPIO line 17 can't be read", _bench.Fault, StringComparison.Ordinal);

        _bench.Pass(1990);
        Assert.Equal(1, _bench.Openings);
        _bench.Pass(20);
        Assert.Equal(2, _bench.Openings);
        _bench.Ground(Line, true);
        _bench.Pass(80);
        Assert.False(_switch.IsPrivate);
        Assert.Null(_bench.Fault);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_line_that_something_else_has_is_named_and_the_others_go_on(bool refusesEarly)
    {
        const int Taken = 5;
        _bench.Chip.RefusesEarly = refusesEarly;
        var louder = GpioButton.CreateContact("button for louder", Taken);
        _bench.Chip.Taken.Add(Taken);
        _bench.Ground(Taken, true);
        _bench.Ground(Line, true);

        _bench.With(louder, _contact);

        Assert.False(_switch.IsPrivate);
        Assert.False(louder.IsClosed);
        Assert.Contains("button for louder on GPIO line 5 can't be read (busy)", _bench.Fault, StringComparison.Ordinal);
        Assert.DoesNotContain("privacy", _bench.Fault, StringComparison.Ordinal);
        Assert.DoesNotContain("nothing goes live", _bench.Fault, StringComparison.Ordinal);

        _bench.Chip.Taken.Clear();
        _bench.Pass(2080);
        Assert.True(louder.IsClosed);
        Assert.Null(_bench.Fault);
        Assert.Equal(1, _bench.Openings);
    }

    [Fact]
    public void A_privacy_switch_whose_line_something_else_has_is_private()
    {
        _bench.Chip.Taken.Add(Line);
        _bench.Ground(Line, true);

        _bench.With(_contact, GpioButton.CreateContact("button for louder", 5));
        _bench.Pass(5000);

        Assert.True(_switch.IsPrivate);
        Assert.Contains("privacy switch", _bench.Fault, StringComparison.Ordinal);
        Assert.Contains("nothing goes live", _bench.Fault, StringComparison.Ordinal);
    }

    [Fact]
    public void While_the_curtains_button_can_not_be_read_it_is_private_because_somebody_could_press_it_in_vain()
    {
        const int Curtain = 27;
        var curtain = GpioButton.CreateContact("curtain button", Curtain, isNeeded: true);
        var both = new GpioPrivacySwitch(_contact, curtain);
        var alone = new GpioPrivacySwitch(null, curtain);
        var told = 0;
        alone.Changed += () => told++;
        Assert.True(alone.IsPrivate);
        _bench.Chip.Taken.Add(Curtain);
        _bench.Ground(Line, true);

        _bench.With(_contact, curtain);

        Assert.True(both.IsPrivate);
        Assert.True(alone.IsPrivate);
        Assert.Contains("curtain button on GPIO line 27", _bench.Fault, StringComparison.Ordinal);
        Assert.Contains("nothing goes live", _bench.Fault, StringComparison.Ordinal);

        _bench.Chip.Taken.Clear();
        _bench.Pass(2080);
        Assert.False(both.IsPrivate);
        Assert.False(alone.IsPrivate);
        Assert.Equal(1, told);
    }

    [Fact]
    public void A_privacy_switch_that_fails_alone_is_private_until_it_was_read_as_open_anew()
    {
        var louder = GpioButton.CreateContact("button for louder", 5);
        _bench.Ground(Line, true);
        _bench.With(_contact, louder);
        _bench.Chip.Broken.Add(Line);
        _bench.Pass(10);
        Assert.True(_switch.IsPrivate);

        _bench.Ground(Line, false);
        _bench.Chip.Broken.Clear();
        _bench.Pass(3000);
        Assert.True(_switch.IsPrivate);

        _bench.Ground(Line, true);
        _bench.Pass(45);
        Assert.True(_switch.IsPrivate);
        _bench.Pass(25);
        Assert.False(_switch.IsPrivate);
        Assert.Equal(1, _bench.Openings);
    }

    [Fact]
    public void A_missing_chip_is_named_in_its_own_words()
    {
        _bench.Refusal = new HardwareException(HardwareFault.Missing, "There is no GPIO chip x.");
        _bench.With(_contact);
        Assert.Equal("There is no GPIO chip x. Until then nothing goes live.", _bench.Fault);
        Assert.True(_switch.IsPrivate);
    }

    [Fact]
    public async Task Nothing_is_told_after_it_was_closed()
    {
        _bench.Ground(Line, true);
        _bench.With(_contact);
        var told = 0;
        _switch.Changed += () => told++;
        await _bench.DisposeAsync();
        _bench.Ground(Line, false);
        _bench.Pass(100);
        Assert.Equal(0, told);
        Assert.True(_bench.Chip.IsDisposed);
    }

    [Fact]
    public void A_press_whose_telling_was_late_is_none_the_less_a_press()
    {
        var contact = GpioButton.CreateContact("curtain button", Line);
        var button = new GpioCurtainButton(contact);
        var pressed = 0;
        button.Pressed += () => pressed++;
        contact.OnLevel(true, TimeSpan.Zero);
        Assert.True(contact.OnLevel(true, TimeSpan.FromMilliseconds(40)));
        contact.OnLevel(false, TimeSpan.FromMilliseconds(60));
        Assert.True(contact.OnLevel(false, TimeSpan.FromMilliseconds(100)));

        contact.Raise(isClosed: false); // another thread was quicker
        contact.Raise(isClosed: true);

        Assert.Equal(1, pressed);
    }
}
