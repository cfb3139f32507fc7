using System.Text.Json;
using System.Text.Json.Serialization;
using AV1Relay.RobotAgent.Body;

namespace AV1Relay.RobotAgent.CommandLine;

/// <summary>The file that <c>--body</c> names: JSON, as robot-agent/Agent/README.md shows it.</summary>
internal static class BodyFile
{
    private const int MaxBytes = 64 * 1024;

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, // a word that was mistyped must not be a default
        AllowOutOfOrderMetadataProperties = true,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    /// <param name="path">Null: the reference robot.</param>
    /// <param name="time">The body's clock.</param>
    /// <exception cref="CommandException">It can't be read, or can't be meant so; the message says where.</exception>
    public static LinuxBody Open(string? path, TimeProvider time)
    {
        var parts = path is null ? new() : Read(path);
        try
        {
            return new(parts, time);
        }
        catch (ArgumentException problem)
        {
            throw new CommandException($"--body {path}: {problem.Message}");
        }
    }

    private static LinuxBodyParts Read(string path)
    {
        try
        {
            if (new FileInfo(path).Length > MaxBytes) throw new CommandException($"--body {path} is longer than {MaxBytes / 1024} KiB: it is no body's file.");
            return JsonSerializer.Deserialize<LinuxBodyParts>(File.ReadAllBytes(path), Options)
                ?? throw new CommandException($"--body {path} holds nothing: leave it out for the reference robot.");
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"--body {path} can't be read: {problem.Message}");
        }
        catch (Exception problem) when (problem is JsonException or NotSupportedException)
        {
            throw new CommandException($"--body {path} can't be understood: {problem.Message} robot-agent/Agent/README.md shows one.");
        }
    }
}
