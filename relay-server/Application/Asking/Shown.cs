using AV1Relay.Domain.Access;

namespace AV1Relay.Application.Asking;

/// <summary>What may be shown to who asked.</summary>
/// <param name="Permission">What is to be left out of it.</param>
internal sealed record Shown<T>(T Value, Permission Permission)
    where T : class;
