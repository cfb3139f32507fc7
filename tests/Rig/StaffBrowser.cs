using Microsoft.Playwright;

namespace AV1Relay.Tests.Rig;

/// <summary>One person's headless Chromium at the staff's pages.</summary>
public sealed class StaffBrowser : IAsyncDisposable
{
    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private StaffBrowser(IPlaywright playwright, IBrowser browser, IPage page) => (_playwright, _browser, Page) = (playwright, browser, page);

    public IPage Page { get; }

    /// <summary>What went wrong on a page: script errors, and what its policy refused.</summary>
    public List<string> Errors { get; } = [];

    public static async Task<StaffBrowser> LaunchAsync(int width = 1024, int height = 768)
    {
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = PupilPage.ChromiumPath,
            Args = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--lang=en-GB"],
        });
        var context = await browser.NewContextAsync(new() { ViewportSize = new() { Width = width, Height = height }, Locale = "en-GB" });
        var page = await context.NewPageAsync();
        var staff = new StaffBrowser(playwright, browser, page);
        page.Console += (_, message) =>
        {
            if (message.Type == "error") staff.Errors.Add(message.Text);
        };
        page.PageError += (_, error) => staff.Errors.Add(error);
        return staff;
    }

    /// <summary>From the invitation to the first page: a password, an app on the phone, recovery codes.</summary>
    public async Task AcceptAsync(string invitation, string password)
    {
        await Page.GotoAsync(invitation);
        await Page.GetByLabel("New password").FillAsync(password);
        await Page.GetByLabel("The same password again").FillAsync(password);
        await SendAsync("Go on");
        await Page.GotoAsync(new Uri(new Uri(invitation), "/staff").ToString()); // a password alone leads back here
        Secret = (await Page.Locator("ol code").TextContentAsync())!;
        await Page.GetByLabel("Code", new() { Exact = true }).FillAsync(Authenticator.CodeAt(Secret, TimeProvider.System.GetUtcNow()));
        await SendAsync("Use this app");
        await Page.GetByText("I have written them down").ClickAsync();
    }

    /// <summary>What the phone's app keeps.</summary>
    public string Secret { get; private set; } = "";

    public Task SendAsync(string button) => Page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

    /// <summary>What axe finds on the page as it is, each as <c>rule: element</c>.</summary>
    public async Task<IReadOnlyList<string>> ViolationsAsync()
    {
        var axe = await File.ReadAllTextAsync(Path.Combine(Programs.Root, "student-client", "node_modules", "axe-core", "axe.min.js"));
        await Page.EvaluateAsync(axe); // into the page's own world: its policy lets no other script in
        return await Page.EvaluateAsync<string[]>(
            "async () => (await axe.run()).violations.flatMap(found => found.nodes.map(node => `${found.id}: ${node.html}`))");
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}
