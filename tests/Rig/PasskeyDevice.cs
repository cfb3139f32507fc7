using Microsoft.Playwright;

namespace AV1Relay.Tests.Rig;

/// <summary>What keeps passkeys on somebody's device, as Chromium makes one up: its owner is there, and has unlocked it.</summary>
public sealed class PasskeyDevice
{
    private readonly ICDPSession _browser;
    private readonly string _id;

    private PasskeyDevice(ICDPSession browser, string id) => (_browser, _id) = (browser, id);

    public static async Task<PasskeyDevice> OfAsync(IPage page)
    {
        ArgumentNullException.ThrowIfNull(page);
        var browser = await page.Context.NewCDPSessionAsync(page);
        await browser.SendAsync("WebAuthn.enable");
        var added = await browser.SendAsync("WebAuthn.addVirtualAuthenticator", new Dictionary<string, object>
        {
            ["options"] = new Dictionary<string, object>
            {
                ["protocol"] = "ctap2",
                ["transport"] = "internal",
                ["hasResidentKey"] = true,
                ["hasUserVerification"] = true,
                ["isUserVerified"] = true,
                ["automaticPresenceSimulation"] = true,
            },
        });
        return new PasskeyDevice(browser, added!.Value.GetProperty("authenticatorId").GetString()!); // that is its answer
    }

    /// <summary>How many passkeys it holds.</summary>
    public async Task<int> CountAsync()
    {
        var held = await _browser.SendAsync("WebAuthn.getCredentials", new Dictionary<string, object> { ["authenticatorId"] = _id });
        return held!.Value.GetProperty("credentials").GetArrayLength(); // likewise
    }

    /// <summary>From now on its owner does not unlock it: somebody else has it in their hands.</summary>
    public Task LockAsync() =>
        _browser.SendAsync("WebAuthn.setUserVerified", new Dictionary<string, object> { ["authenticatorId"] = _id, ["isUserVerified"] = false });
}
