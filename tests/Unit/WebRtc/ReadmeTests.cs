using System.Runtime.CompilerServices;
using Xunit;

namespace AV1Relay.Tests.Unit.WebRtc;

public sealed class ReadmeTests
{
    private static readonly string Library = Path.GetFullPath(Path.Combine(Here(), "../../../../webrtc"));

    [Fact]
    public void The_readmes_echo_peer_is_the_one_that_is_built_and_called()
    {
        var readme = File.ReadAllText(Path.Combine(Library, "README.md"));
        var shown = readme.Split("```csharp\n")[1].Split("```")[0];

        Assert.Equal(File.ReadAllText(Path.Combine(Library, "Samples/Echo/Program.cs")), shown);
    }

    [Fact]
    public void The_echo_peer_is_thirty_lines_beside_its_usings()
        => Assert.InRange(
            File.ReadLines(Path.Combine(Library, "Samples/Echo/Program.cs"))
                .Count(line => line.Length > 0 && !line.StartsWith("using AV1Relay.", StringComparison.Ordinal) && !line.StartsWith("using System", StringComparison.Ordinal)),
            1, 30);

    private static string Here([CallerFilePath] string here = "") => here;
}
