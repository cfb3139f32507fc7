using System.Text.RegularExpressions;
using Xunit;

namespace AV1Relay.Tests.Unit;

/// <summary>The tables "Where each rule is" of the protocol folders' READMEs: what they say is where they say it.</summary>
public sealed partial class RfcTableTests
{
    private static readonly string[] Folders =
    [
        "webrtc/Stun", "webrtc/Ice", "webrtc/Dtls", "webrtc/Srtp", "webrtc/Rtp", "webrtc/Rtcp", "webrtc/Sdp", "webrtc/JitterBuffer", "webrtc/CongestionControl",
        "relay-server/Sfu",
    ];

    public static TheoryData<string> AllFolders => [.. Folders];

    [Theory]
    [MemberData(nameof(AllFolders))]
    public void Each_rule_is_cited_in_the_files_named_for_it(string folder)
    {
        var rows = Row().Matches(File.ReadAllText(Path.Combine(ArchitectureTests.Root, folder, "README.md"))).ToList();

        Assert.NotEmpty(rows);
        Assert.All(rows, row =>
        {
            var files = Name().Matches(row.Groups[2].Value).Select(name => Path.Combine(ArchitectureTests.Root, folder, name.Groups[1].Value + ".cs")).ToList();
            var texts = files.Select(File.ReadAllText).ToList();
            Assert.NotEmpty(files);
            var document = "";
            foreach (var part in row.Groups[1].Value.Split(", "))
            {
                var (named, section) = part.IndexOf('§', StringComparison.Ordinal) is >= 0 and var at ? (part[..at].Trim(), part[at..]) : (part, "");
                if (named.Length > 0) document = named;
                Assert.Contains(texts, text => text.Contains(document, StringComparison.Ordinal) && HasSection(text, section));
            }

            // A file that is named for a rule speaks of the document at least.
            var documents = Document().Matches(row.Groups[1].Value).Select(match => match.Value).ToList();
            Assert.All(texts, text => Assert.Contains(documents, name => text.Contains(name, StringComparison.Ordinal)));
        });
    }

    private static bool HasSection(string text, string section) => section.Length == 0 || Regex.IsMatch(text, Regex.Escape(section) + "(?![0-9])");

    [GeneratedRegex(@"^\| ((?:RFC|draft-)[^|]*?) \|[^|]*\|([^|]*)\|$", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Name();

    [GeneratedRegex("RFC [0-9]+|draft-[a-z0-9-]+")]
    private static partial Regex Document();
}
