using Microsoft.Extensions.DependencyInjection;

namespace AV1Relay.Application.Running;

/// <summary>Registers what the relay itself does with sessions.</summary>
/// <remarks>The host brings along the domain's stores.</remarks>
public static class RunningServices
{
    public static IServiceCollection AddRunningSessions(this IServiceCollection services) => services.AddSingleton<RunningSessions>();
}
