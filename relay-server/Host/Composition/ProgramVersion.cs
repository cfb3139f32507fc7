using System.Reflection;

namespace AV1Relay.RelayServer.Composition;

/// <summary>The version of this program, as <c>--version</c> prints it.</summary>
internal static class ProgramVersion
{
    public static string Text { get; } =
        typeof(ProgramVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";
}
