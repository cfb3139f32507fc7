namespace AV1Relay.Tests.Integration.Relay;

/// <summary>Who comes in by which door, where no authorization policy says so. A door that stands nowhere here and has no policy fails <see cref="EveryDoorTests"/>.</summary>
/// <remarks>Named as in <c>GET /ca.crt</c>: the method, blank for any, and the pattern of the route.</remarks>
internal static class Doors
{
    /// <summary>For everybody, and why that is right.</summary>
    public static IReadOnlyDictionary<string, string> Public { get; } = new Dictionary<string, string>
    {
        // The pupil's page and what robots ask first
        ["GET /"] = "the pupil's page: it holds nothing until a code is typed on it",
        ["GET /join/{code}"] = "the same page; opening it uses no code up",
        ["POST /join/{code}"] = "the code is the key; wrong ones are counted and slowed down (JoinTests)",
        ["POST /join/{code}/today"] = "likewise; it shows today's step and lets nobody in",
        ["GET /.well-known/av1relay"] = "a robot has nothing but this address when it comes for the first time",
        ["GET /ca.crt"] = "a certificate is public; what it signs is trusted only by who has compared it",
        [" /av1relay.v1.Enrolment/Enrol"] = "the enrolment code is the key; wrong ones are counted (EnrolmentTests)",

        // For whoever runs the relay
        ["GET /healthz"] = "says alive, and nothing else",
        ["GET /readyz"] = "says ready, or which part is not",
        ["GET /metrics"] = "figures without names; the handler lets in this machine, --metrics-urls and technicians (MetricsTests)",
        [" /grpc.health.v1.Health/Check"] = "as /readyz, for tools that speak gRPC",
        [" /grpc.health.v1.Health/Watch"] = "likewise; so many from one source (ClosedDoorsTests)",
        [" /grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo"] = "the .proto files are published anyway",
        [" /grpc.reflection.v1.ServerReflection/ServerReflectionInfo"] = "likewise",
        [" /{unimplementedService}/{unimplementedMethod:grpcunimplemented}"] = "says that there is no such service",
        [" /grpc.health.v1.Health/{unimplementedMethod:grpcunimplemented}"] = "says that there is no such call",
        [" /grpc.reflection.v1alpha.ServerReflection/{unimplementedMethod:grpcunimplemented}"] = "likewise",
        [" /grpc.reflection.v1.ServerReflection/{unimplementedMethod:grpcunimplemented}"] = "likewise",

        // Media: browsers ask before they send anything that counts
        ["OPTIONS /whip/{session}/{resource?}"] = "a browser's question what it may send; the answer is the same for all",
        ["OPTIONS /whep/{session}/{resource?}"] = "likewise",

        // For calendar programmes, which sign in nowhere
        ["GET /feeds/{token}.ics"] = "the secret in the address is the key; wrong ones are counted and slowed down",

        // For mail programmes, and for who clicks in a mail
        ["GET /reminders/stop"] = "leads to the page that asks first; looking stops nothing",
        ["POST /reminders/stop"] = "what the address has sealed is the key; all that it opens is to stop one person's reminders (RemindersTests)",
        [" /staff/reminders/stop"] = "likewise, with a question before it",

        // Before staff and parents are signed in
        [" /staff/sign-in"] = "where everybody signs in; limited for each address",
        [" /staff/second-factor"] = "the second step of a sign-in whose first one a cookie remembers",
        [" /staff/welcome"] = "the invitation in the address is the key",
        [" /staff/welcome/school"] = "whoever has come from the school's sign-in with an invitation, kept sealed in a cookie; others are led to sign in",
        ["GET /staff/room/open"] = "the sealed key in the address is the key; limited for each address (RoomLinkTests)",
        [" /staff/room/ended"] = "says that a room link has ended, and whom to ask",
        [" /staff/not-found"] = "says that there is nothing",
        [" /staff/signed-out"] = "says that somebody is signed out",
        ["GET /staff/school"] = "leads to the school's own sign-in, where there is one",
        ["GET /staff/school/sign-out"] = "leads to where somebody signs out of it",
        ["POST /staff/sign-out"] = "signs out who is signed in, and does nothing for others",
        ["POST /staff/passkeys/ask"] = "a challenge for a passkey; it says nothing of anybody",
        ["GET /_framework/opaque-redirect"] = "comes with the pages' framework; it leads on to addresses that this relay has sealed, and nowhere else",
        ["GET /staff/assets/{hash}/{name}"] = "style and script, the same for all",
    };

    /// <summary>The handler itself asks for a credential; each of these is knocked at without one.</summary>
    public static IReadOnlyDictionary<string, string> Guarded { get; } = new Dictionary<string, string>
    {
        ["POST /leave/{session}"] = "the pupil's token of that session",
        ["POST /before/{session}"] = "likewise",
        ["POST /reflect/{session}"] = "likewise",
        ["POST /whip/{session}"] = "a robot's token of that session",
        ["PATCH /whip/{session}/{resource}"] = "the same token",
        ["DELETE /whip/{session}/{resource}"] = "the same token",
        ["POST /whep/{session}"] = "a pupil's or an observer's token of that session",
        ["PATCH /whep/{session}/{resource}"] = "the same token",
        ["DELETE /whep/{session}/{resource}"] = "the same token",
        ["GET /debug/session/{session}"] = "a technician's token",
    };

    /// <summary>gRPC services of which every call asks for a credential; each call is knocked at without one.</summary>
    public static IReadOnlyDictionary<string, string> GuardedServices { get; } = new Dictionary<string, string>
    {
        ["av1relay.v1.SessionControl"] = "a token of the session",
        ["av1relay.v1.RobotLink"] = "the robot's own certificate",
        ["av1relay.v1.Enrolment"] = "Renew: the robot's own certificate; Enrol stands above",
        ["av1relay.v1.Plans"] = "a person's token, and then the domain's rules (StaffRpcRolesTests)",
        ["av1relay.v1.Schedule"] = "likewise",
        ["av1relay.v1.Fleet"] = "likewise",
    };

    /// <summary>Below /staff, those that open to a room link, and to no account.</summary>
    public static IReadOnlyList<string> WithARoomLink { get; } = [" /staff/room", " /staff/room/sessions/{Id:guid}", "GET /staff/room/sessions/{session:guid}/now", "POST /staff/room/leave"];

    /// <summary>Below /staff, those that open to a password alone: they lead to the second step. All others ask for a whole sign-in.</summary>
    public static IReadOnlyList<string> WithAPasswordAlone { get; } = [" /staff/second-factor/set-up", "POST /staff/passkeys/new"];
}
