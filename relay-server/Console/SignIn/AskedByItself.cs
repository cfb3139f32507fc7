using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace AV1Relay.StaffConsole.SignIn;

/// <summary>Marks what a page's script asks every few seconds without anybody doing anything: it keeps nobody signed in.</summary>
internal sealed class AskedByItself
{
    private static readonly AskedByItself Mark = new();

    public static bool Is(HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(http);
        return http.GetEndpoint()?.Metadata.GetMetadata<AskedByItself>() is not null;
    }

    public static T On<T>(T endpoint)
        where T : IEndpointConventionBuilder => endpoint.WithMetadata(Mark);
}
