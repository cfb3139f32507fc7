using System.Reflection;

namespace AV1Relay.RobotAgent.Running;

internal static class AgentVersion
{
    /// <summary>As <c>--version</c> prints it and the relay is told; without build metadata.</summary>
    public static string Text { get; } =
        typeof(AgentVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "unknown";
}
