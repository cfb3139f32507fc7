using System.Diagnostics.CodeAnalysis;
using AV1Relay.Domain.Refusals;

namespace AV1Relay.Domain.Safeguarding;

/// <summary>Where a school takes concerns: a page of its own system, or an e-mail address. A setting of the school.</summary>
/// <remarks>Always true: an absolute <c>https</c> link, or a <c>mailto</c> with an address and nothing more.</remarks>
public sealed record ConcernRoute
{
    private const string Mailto = "mailto:";

    /// <summary>Rebuilds one from what was kept; <see cref="Create"/> reads what a person typed.</summary>
    /// <exception cref="ArgumentException">Neither a link nor an address.</exception>
    public ConcernRoute(Uri target)
    {
        ArgumentNullException.ThrowIfNull(target);
        Target = Read(target.OriginalString) ?? throw new ArgumentException("Neither a web link nor an e-mail address.", nameof(target));
    }

    /// <summary>What a page opens.</summary>
    public Uri Target { get; }

    public bool IsEmail => Target.Scheme == Uri.UriSchemeMailto;

    /// <param name="linkOrAddress">As a person types it, <c>https://…</c> or <c>name@school</c>; or as <see cref="Target"/> was kept.</param>
    public static Outcome<ConcernRoute> Create(string? linkOrAddress)
    {
        if (Read(linkOrAddress?.Trim() ?? "") is { } target) return new ConcernRoute(target);
        return new Refusal(
            "safeguarding.route-invalid",
            "That is neither a web link nor an e-mail address.",
            "Enter the link to the school's safeguarding system, starting with https://, or the e-mail address of the safeguarding team.");
    }

    private static Uri? Read(string text)
    {
        if (IsHttps(text, out var link)) return link;
        var address = text.StartsWith(Mailto, StringComparison.OrdinalIgnoreCase) ? text[Mailto.Length..] : text;
        return IsAddress(address) ? new Uri(Mailto + address) : null;
    }

    private static bool IsHttps(string text, [NotNullWhen(true)] out Uri? link)
        => Uri.TryCreate(text, UriKind.Absolute, out link) && link.Scheme == Uri.UriSchemeHttps && link.UserInfo.Length == 0;

    /// <summary>Strict on purpose: no display names, and nothing after the address that could carry a subject or a body.</summary>
    private static bool IsAddress(string text)
        => text.Split('@') is [{ Length: > 0 }, { Length: > 0 }]
            && text.All(character => char.IsAsciiLetterOrDigit(character) || character is '.' or '-' or '_' or '+' or '\'' or '@');
}
