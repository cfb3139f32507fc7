using AV1Relay.Tests.Rig;
using Xunit;

namespace AV1Relay.Tests.Browser;

/// <summary>The eyes of the nothing-is-recorded test.</summary>
[Collection(Calls.Name)]
public sealed class FileTraceTests
{
    [Theory]
    [InlineData("""12 openat(AT_FDCWD, "/data/a.mp4", O_WRONLY|O_CREAT|O_TRUNC, 0666) = 7""", "/data/a.mp4")]
    [InlineData("""12 openat(AT_FDCWD, "/data/a.mp4", O_RDWR|O_CLOEXEC) = 7""", "/data/a.mp4")]
    [InlineData("""12 openat(AT_FDCWD, "/data/a.mp4", O_WRONLY|O_CREAT, 0666 <unfinished ...>""", "/data/a.mp4")]
    [InlineData("""12 creat("/data/a.mp4", 0666)    = 7""", "/data/a.mp4")]
    [InlineData("""12 openat(AT_FDCWD, "/etc/hosts", O_RDONLY|O_CLOEXEC) = 7""", null)]
    [InlineData("""12 openat(AT_FDCWD, "/data/a.mp4", O_WRONLY|O_CREAT, 0666) = -1 EACCES (Permission denied)""", null)]
    [InlineData("""12 <... openat resumed>)           = 7""", null)]
    public void A_file_opened_for_writing_is_seen(string line, string? expected)
        => Assert.Equal(expected, FileTrace.ReadOpenedForWriting([line]).SingleOrDefault()?.Path);
}
