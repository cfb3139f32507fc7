using System.Security.Cryptography;

namespace AV1Relay.Tests.Fuzz;

/// <summary>The committed inputs: one folder a target, one file an input, named after its reason.</summary>
internal static class Corpus
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "corpus");

    /// <exception cref="DirectoryNotFoundException">The target has no corpus.</exception>
    public static IReadOnlyList<(string Name, byte[] Bytes)> Of(FuzzTarget target)
        => [.. Directory.EnumerateFiles(Path.Combine(Folder, target.Name))
            .Order(StringComparer.Ordinal)
            .Select(file => (Path.GetFileName(file), File.ReadAllBytes(file)))];

    public static byte[][] InputsOf(FuzzTarget target) => [.. Of(target).Select(entry => entry.Bytes)];

    /// <summary>The first of the input's hash: the same crash gets the same name.</summary>
    public static string NameOf(byte[] input) => Convert.ToHexStringLower(SHA256.HashData(input).AsSpan(0, 6));
}
