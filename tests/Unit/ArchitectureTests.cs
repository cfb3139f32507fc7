using System.Runtime.CompilerServices;
using System.Xml.Linq;
using Xunit;

namespace AV1Relay.Tests.Unit;

/// <summary>Who may use whom. The table is the one in CONTRIBUTING.md; a project that is not in it fails.</summary>
public sealed class ArchitectureTests
{
    internal static readonly string Root = FindRoot();

    // Project → the projects of ours it may reference directly; the folder says the rest.
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["protos/AV1Relay.Protos"] = [],
        ["webrtc/AV1Relay.WebRtc"] = [],
        ["webrtc/Sockets/AV1Relay.WebRtc.Sockets"] = ["AV1Relay.WebRtc"],
        ["webrtc/Samples/Echo/AV1Relay.WebRtc.Echo"] = ["AV1Relay.WebRtc", "AV1Relay.WebRtc.Sockets"],
        ["hardware/AV1Relay.Hardware"] = [],
        ["hardware/Linux/AV1Relay.Hardware.Linux"] = ["AV1Relay.Hardware"],
        ["robot-agent/Codecs/AV1Relay.Codecs"] = [],
        ["robot-agent/Agent/AV1Relay.RobotAgent"] =
            ["AV1Relay.WebRtc", "AV1Relay.WebRtc.Sockets", "AV1Relay.Hardware", "AV1Relay.Hardware.Linux", "AV1Relay.Codecs", "AV1Relay.Protos"],
        ["relay-server/Domain/AV1Relay.Domain"] = [],
        ["relay-server/Sfu/AV1Relay.Sfu"] = ["AV1Relay.WebRtc", "AV1Relay.WebRtc.Sockets"],
        ["relay-server/Storage/AV1Relay.Storage"] = ["AV1Relay.Domain"],
        ["relay-server/Application/AV1Relay.Application"] = ["AV1Relay.Domain"],
        ["relay-server/Api/AV1Relay.Api"] = ["AV1Relay.Application", "AV1Relay.Domain", "AV1Relay.Protos", "AV1Relay.Sfu"],
        ["relay-server/Console/AV1Relay.Console"] = ["AV1Relay.Application", "AV1Relay.Domain", "AV1Relay.Storage"], // Storage for accounts
        ["relay-server/Host/AV1Relay.RelayServer"] =
            ["AV1Relay.Application", "AV1Relay.Console", "AV1Relay.Domain", "AV1Relay.Protos", "AV1Relay.Sfu", "AV1Relay.Api", "AV1Relay.Storage", "AV1Relay.WebRtc", "AV1Relay.WebRtc.Sockets"],
        ["tests/Rig/AV1Relay.Tests.Rig"] = [],
        ["benchmarks/AV1Relay.Benchmarks"] =
            [
                "AV1Relay.Codecs", "AV1Relay.Hardware", "AV1Relay.Sfu", "AV1Relay.WebRtc", "AV1Relay.WebRtc.Sockets", "AV1Relay.Protos", "AV1Relay.Tests.Rig",
                "AV1Relay.Application", "AV1Relay.Console", "AV1Relay.Domain", "AV1Relay.Storage", // the staff's pages are measured in process, on a county of their own
            ],
    };

    // Packages that only some projects may have; a package that is not here is nobody's business but the project's.
    private static readonly Dictionary<string, string[]> OnlyIn = new()
    {
        ["Microsoft.EntityFrameworkCore"] = ["AV1Relay.Storage"],
        ["Grpc."] = ["AV1Relay.Protos", "AV1Relay.Api", "AV1Relay.RelayServer"],
        ["Microsoft.Playwright"] = ["AV1Relay.Tests.Rig", "AV1Relay.Benchmarks"],
    };

    private static readonly string[] NoPackagesBut = ["AV1Relay.WebRtc", "AV1Relay.WebRtc.Sockets", "AV1Relay.Hardware", "AV1Relay.Codecs"];

    public static TheoryData<string> ProductProjects()
        => [.. ProjectFiles().Where(path => !path.StartsWith("tests/", StringComparison.Ordinal) || path.StartsWith("tests/Rig", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(ProductProjects))]
    public void A_project_references_only_what_the_table_allows(string project)
    {
        Assert.True(Allowed.TryGetValue(project, out var allowed), $"{project} is not in the dependency table.");

        Assert.All(References(project, "ProjectReference"), reference => Assert.Contains(Path.GetFileNameWithoutExtension(reference), allowed));
    }

    [Theory]
    [MemberData(nameof(ProductProjects))]
    public void A_project_takes_only_packages_that_belong_to_it(string project)
    {
        var name = Path.GetFileName(project);
        var packages = References(project, "PackageReference").ToList();

        if (NoPackagesBut.Contains(name)) Assert.Empty(packages);
        if (name == "AV1Relay.Domain") Assert.All(packages, package => Assert.Equal("NodaTime", package));
        foreach (var (prefix, owners) in OnlyIn)
        {
            if (packages.Any(package => package.StartsWith(prefix, StringComparison.Ordinal))) Assert.Contains(name, owners);
        }
    }

    [Theory]
    [InlineData(typeof(AV1Relay.WebRtc.TransportAddress), "System.Net.Sockets")]
    [InlineData(typeof(AV1Relay.WebRtc.TransportAddress), "Microsoft.AspNetCore")]
    [InlineData(typeof(AV1Relay.WebRtc.TransportAddress), "AV1Relay.")]
    [InlineData(typeof(AV1Relay.Domain.Sessions.CapabilitySet), "AV1Relay.")]
    [InlineData(typeof(AV1Relay.Domain.Sessions.CapabilitySet), "Microsoft.")]
    [InlineData(typeof(AV1Relay.Hardware.Head.IHead), "AV1Relay.")]
    [InlineData(typeof(AV1Relay.Application.Asking.Caller), "AV1Relay.Storage")]
    [InlineData(typeof(AV1Relay.Application.Asking.Caller), "AV1Relay.Api")]
    [InlineData(typeof(AV1Relay.Application.Asking.Caller), "Microsoft.AspNetCore")]
    [InlineData(typeof(AV1Relay.Sfu.MediaRelay), "AV1Relay.Domain")]
    [InlineData(typeof(AV1Relay.Sfu.MediaRelay), "AV1Relay.Storage")]
    [InlineData(typeof(AV1Relay.Sfu.MediaRelay), "AV1Relay.Hardware")]
    [InlineData(typeof(AV1Relay.Codecs.VideoEncoder), "AV1Relay.")]
    public void An_inner_project_does_not_reference(Type anyTypeInside, string forbiddenPrefix)
        => Assert.DoesNotContain(
            anyTypeInside.Assembly.GetReferencedAssemblies(),
            assembly => assembly.Name!.StartsWith(forbiddenPrefix, StringComparison.Ordinal));

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        var solution = File.ReadAllText(Path.Combine(Root, "AV1Relay.sln")).Replace('\\', '/');

        Assert.All(ProjectFiles(), project => Assert.Contains($"{project}.csproj", solution, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_folder_says_what_lives_in_it()
    {
        var folders = ProjectFiles().Select(project => Path.GetDirectoryName(project)!)
            .Concat(["student-client", "docs", "deploy", "tests", "robot-agent", "relay-server", "relay-server/Console"]).Distinct();

        Assert.All(folders, folder => Assert.True(File.Exists(Path.Combine(Root, folder, "README.md")), $"{folder} has no README.md."));
    }

    [Fact]
    public void The_name_of_a_folder_says_what_it_holds()
        => Assert.DoesNotContain(
            SourceFolders(Root),
            folder => Path.GetFileName(folder) is "Helpers" or "Utils" or "Managers" or "Common");

    private static IEnumerable<string> SourceFolders(string folder)
        => Directory.GetDirectories(folder)
            .Where(child => Path.GetFileName(child) is not ("artifacts" or "node_modules" or "dist" or "gen" or ".git"))
            .SelectMany(child => SourceFolders(child).Append(child));

    private static IEnumerable<string> ProjectFiles()
        => SourceFolders(Root).SelectMany(folder => Directory.GetFiles(folder, "*.csproj"))
            .Select(path => Path.ChangeExtension(Path.GetRelativePath(Root, path), null).Replace('\\', '/'));

    private static IEnumerable<string> References(string project, string element)
        => XDocument.Load(Path.Combine(Root, $"{project}.csproj")).Descendants(element).Select(reference => reference.Attribute("Include")!.Value.Replace('\\', '/'));

    private static string FindRoot([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../.."));
}
