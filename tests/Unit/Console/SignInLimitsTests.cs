using System.Net;
using AV1Relay.StaffConsole.SignIn;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace AV1Relay.Tests.Unit.Console;

/// <summary>Who sends wrong passwords waits, and nobody else has to.</summary>
public sealed class SignInLimitsTests
{
    private const string Guessed = "s.reed@school.example";
    private const string School = "192.0.2.1";
    private const string Elsewhere = "192.0.2.2";

    private readonly FakeTimeProvider _time = new();
    private readonly SignInLimits _limits;

    public SignInLimitsTests() => _limits = new SignInLimits(source => $"{source}", _time);

    [Fact]
    public void Ten_wrong_tries_at_an_account_make_it_wait_at_that_address_and_a_minute_later_one_more_is_heard()
    {
        Assert.Equal(10, Wrong(Guessed, tries: 20));

        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(1, Wrong(Guessed, tries: 20));
    }

    [Fact]
    public void An_account_is_the_same_however_it_is_written()
    {
        Wrong(Guessed, tries: 10);

        Assert.Equal(0, Wrong("S.Reed@School.example", tries: 1));
    }

    [Fact]
    public void Everybody_else_at_the_school_signs_in_meanwhile()
    {
        Wrong(Guessed, tries: 1_000);

        Assert.Equal(1, Wrong("a.khan@school.example", tries: 1));
    }

    [Fact]
    public void The_account_is_heard_from_elsewhere()
    {
        Wrong(Guessed, tries: 1_000);

        Assert.Equal(1, Wrong(Guessed, tries: 1, from: Elsewhere));
    }

    [Fact]
    public void Who_goes_through_many_accounts_makes_their_address_wait_and_no_other()
    {
        var heard = Enumerable.Range(0, 200).Sum(number => Wrong($"{number}@school.example", tries: 1));

        Assert.Equal((60, 1), (heard, Wrong(Guessed, tries: 1, from: Elsewhere)));
    }

    [Fact]
    public void A_browser_that_is_known_is_heard_whatever_comes_from_its_address_and_has_five_tries_itself()
    {
        for (var number = 0; number < 200; number++) Wrong($"{number}@school.example", tries: 1);

        Assert.Equal(5, Wrong(Guessed, tries: 20, browser: "known"));
        Assert.Equal(5, Wrong(Guessed, tries: 20, browser: "another"));
    }

    [Fact]
    public void What_was_right_is_not_counted()
    {
        for (var right = 0; right < 1_000; right++) Charge(Guessed)!.Invoke();

        Assert.Equal(10, Wrong(Guessed, tries: 20));
    }

    [Fact]
    public void A_flood_of_made_up_names_takes_no_memory()
    {
        var meter = new TryMeter(burst: 1, TimeSpan.FromSeconds(1));
        string[] names = [.. Enumerable.Range(0, 100_000).Select(number => $"{number}")];
        var before = GC.GetAllocatedBytesForCurrentThread();

        foreach (var name in names) meter.TryCharge(name, TimeSpan.Zero);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, names.Length / 10); // what the runtime itself takes at first
    }

    /// <returns>How many of them were looked at.</returns>
    private int Wrong(string account, int tries, string from = School, string? browser = null) =>
        Enumerable.Range(0, tries).Count(_ => Charge(account, from, browser) is not null);

    private Action? Charge(string account, string from = School, string? browser = null) =>
        _limits.Charge(new DefaultHttpContext { Connection = { RemoteIpAddress = IPAddress.Parse(from) } }, browser, account);
}
