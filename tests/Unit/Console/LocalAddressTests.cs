using AV1Relay.StaffConsole.SignIn;
using Xunit;

namespace AV1Relay.Tests.Unit.Console;

public sealed class LocalAddressTests
{
    [Theory]
    [InlineData("/staff", "/staff")]
    [InlineData("/staff/plans?school=1", "/staff/plans?school=1")]
    [InlineData("/staff?school=1", "/staff?school=1")]
    [InlineData("//evil.example/staff/", "/staff")]
    [InlineData("/staff//evil.example", "/staff")]
    [InlineData("/staff\\evil.example", "/staff")]
    [InlineData("/staff/\\evil.example", "/staff")]
    [InlineData("https://evil.example/staff/", "/staff")]
    [InlineData("/staffroom", "/staff")]
    [InlineData("", "/staff")]
    [InlineData(null, "/staff")]
    public void After_signing_in_nobody_is_led_elsewhere(string? next, string to) => Assert.Equal(to, LocalAddress.OrHome(next));
}
