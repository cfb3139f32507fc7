using AV1Relay.Api.Clock;
using AV1Relay.Api.Debug;
using AV1Relay.Api.Discovery;
using AV1Relay.Api.Enrolment;
using AV1Relay.Api.Join;
using AV1Relay.Api.Limits;
using AV1Relay.Api.Metrics;
using AV1Relay.Api.RobotLinks;
using AV1Relay.Api.Rooms;
using AV1Relay.Api.SessionControl;
using AV1Relay.Api.Staff;
using AV1Relay.Api.Tokens;
using AV1Relay.Application.Fleet;
using AV1Relay.Application.Live;
using AV1Relay.Application.Running;
using AV1Relay.Domain.Joining;
using Grpc.AspNetCore.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace AV1Relay.Api;

/// <summary>Registers and maps what the relay offers over HTTP and gRPC.</summary>
/// <remarks>
/// The host brings along: the domain's stores, <see cref="TimeProvider"/>, <see cref="TokenKey"/>, the certificate authority,
/// the domain key, <see cref="RelayEndpoints"/> and <see cref="Sfu.MediaRelay"/>.
/// </remarks>
public static class RelayApi
{
    /// <summary>The largest message either way, bytes: a state is some hundred.</summary>
    public const int MaxMessageBytes = 64 * 1024;

    public static IServiceCollection AddRelayApi(this IServiceCollection services)
    {
        services
            .AddGrpc(options =>
            {
                options.MaxReceiveMessageSize = MaxMessageBytes;
                options.MaxSendMessageSize = MaxMessageBytes;
            })
            .AddStaffService<PlansService>()
            .AddStaffService<ScheduleService>()
            .AddStaffService<FleetService>();
        services.AddSingleton<RelayClock>();
        services.AddSingleton<RelayMetrics>();
        services.AddSingleton<SourceGuards>();
        services.AddSingleton<UnknownCodes>();
        services.AddSingleton<JwtSessionTokens>();
        services.AddSingleton<IBearerTokens>(provider => provider.GetRequiredService<JwtSessionTokens>());
        services.AddSingleton<ITokenIssuer>(provider => provider.GetRequiredService<JwtSessionTokens>());
        services.AddSingleton<TechnicianTokens>();
        services.AddSingleton<TechnicianDoor>();
        services.AddSingleton<PersonTokens>();
        services.AddSingleton<CallRates>();
        services.AddSingleton<StaffCalls>();
        services.AddSingleton<RobotCertificates>();
        services.AddSingleton<IRooms, MediaRooms>();
        services.AddSingleton<RobotLinkTable>();
        services.AddSingleton<IRobotsNow, RobotsNow>();
        services.AddSingleton<SignedGrants>();
        services.AddRunningSessions();
        services.AddSingleton<GrantKeeper>();
        services.AddHostedService(provider => provider.GetRequiredService<GrantKeeper>());
        services.AddSingleton<SessionDoor>();
        services.AddHostedService<SessionWitness>();
        services.AddSingleton<LiveSessions>();
        services.AddSingleton<CodeDesk>();
        services.AddSingleton<LookedAtCodes>();
        services.AddSingleton<AdHocEntry>();
        services.AddSingleton<ScheduledEntry>();
        services.AddSingleton<LookBackEntry>();
        services.AddSingleton<DrawJoinCode>(JoinCode.Draw);
        services.AddSingleton<EnrolmentService>();
        services.AddSingleton<IEnrolmentCodeMaker, EnrolmentCodeMaker>();
        services.AddSingleton<RobotLinkService>();
        services.AddSingleton<SessionControlService>();
        return services;
    }

    /// <summary>The pupil's pages and the robot's way to the rest.</summary>
    public static void MapRelayPages(this WebApplication app, PupilPages pages, string version, IReadOnlyList<string> mediaTransports)
    {
        app.MapJoin(pages);
        app.MapDiscovery(version, mediaTransports);
    }

    /// <summary>Only for the robots' endpoint.</summary>
    public static IEnumerable<IEndpointConventionBuilder> MapRelayRobots(this WebApplication app) =>
        [app.MapGrpcService<RobotLinkService>(), app.MapGrpcService<EnrolmentService>()];

    /// <summary>For other systems, which come with a person's token. Not over gRPC-Web: pages have their own way in.</summary>
    public static IEnumerable<IEndpointConventionBuilder> MapRelayStaff(this WebApplication app) =>
        [app.MapGrpcService<PlansService>(), app.MapGrpcService<ScheduleService>(), app.MapGrpcService<FleetService>()];

    /// <summary>For pages over gRPC-Web and for other systems over gRPC.</summary>
    public static GrpcServiceEndpointConventionBuilder MapRelayControl(this WebApplication app) =>
        app.MapGrpcService<SessionControlService>();

    /// <summary>A service behind <see cref="StaffCalls"/>.</summary>
    private static IGrpcServerBuilder AddStaffService<TService>(this IGrpcServerBuilder grpc)
        where TService : class
    {
        grpc.Services.AddSingleton<TService>();
        return grpc.AddServiceOptions<TService>(options =>
        {
            options.MaxSendMessageSize = StaffLimits.MaxReplyBytes;
            options.Interceptors.Add<StaffCalls>();
        });
    }
}
