using AV1Relay.Domain.Sessions;
using Xunit;

namespace AV1Relay.Tests.Unit.Domain.Sessions;

public sealed class SessionIdTests
{
    [Theory]
    [InlineData("a")]
    [InlineData("room-7")]
    [InlineData("0123456789-abcdefghijklmnopqrstuvwxyz-0123456789-abcdefghijklmno")]
    public void A_short_word_names_an_ad_hoc_session(string text)
    {
        Assert.True(SessionId.TryParseAdHoc(text, out var id, out _));
        Assert.Equal(text, id.Value);
        Assert.True(id.IsAdHoc);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Room")]
    [InlineData("room 7")]
    [InlineData("room/7")]
    [InlineData("räum")]
    [InlineData("0123456789-abcdefghijklmnopqrstuvwxyz-0123456789-abcdefghijklmnop")]
    public void Any_other_text_is_no_session_id(string? text)
    {
        Assert.False(SessionId.TryParse(text, out _));
        Assert.False(SessionId.TryParseAdHoc(text, out _, out var problem));
        Assert.Contains("1 to 64 characters", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("6f1c2a94-8d0e-4f63-9b3a-5f0e6f1a2b3c")]
    [InlineData("6f1c2a948d0e4f639b3a5f0e6f1a2b3c")]
    public void A_uuid_names_a_scheduled_session_and_never_an_ad_hoc_one(string uuid)
    {
        Assert.True(SessionId.TryParse(uuid, out var id));
        Assert.False(id.IsAdHoc);
        Assert.False(SessionId.TryParseAdHoc(uuid, out _, out var problem));
        Assert.Contains("scheduled", problem, StringComparison.Ordinal);
    }
}
