using System.Security.Claims;
using AV1Relay.Application.Asking;
using AV1Relay.Domain.People;

namespace AV1Relay.StaffConsole.SignIn;

/// <summary>The person whose request this is.</summary>
internal static class WhoAsks
{
    /// <exception cref="InvalidOperationException">Nobody is signed in: the page lacks its policy.</exception>
    public static Caller Of(ClaimsPrincipal user) => Find(user) ?? throw new InvalidOperationException("Nobody is signed in.");

    public static Caller? Find(ClaimsPrincipal? user) =>
        user?.Identity is { IsAuthenticated: true } && Guid.TryParse(user.FindFirstValue(ClaimTypes.NameIdentifier), out var id)
            ? new Caller(new PersonId(id))
            : null;
}
