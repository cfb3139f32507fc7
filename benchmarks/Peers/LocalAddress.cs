using System.ComponentModel;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using AV1Relay.Tests.Rig;

namespace AV1Relay.Benchmarks.Peers;

/// <summary>An address of this host that is not a loopback one, for Janus refuses those. Everybody who is compared uses the same.</summary>
/// <remarks>
/// Made on a pair of virtual interfaces where we may, in the range set aside for benchmarks (RFC 2544): nothing from outside reaches it, and what
/// goes from one local address to another passes through the kernel's loopback all the same. Without the right to, an address that is there is used.
/// </remarks>
internal sealed class LocalAddress : IAsyncDisposable
{
    private const string Interface = "av1relay-peer0"; // at most 15 characters
    private const string OtherEnd = "av1relay-peer1";
    private const string MadeAddress = "198.18.87.1";

    private readonly bool _isMade;

    private LocalAddress(string address, bool isMade)
    {
        Address = address;
        _isMade = isMade;
    }

    public string Address { get; }

    /// <param name="wished">An address that is there; null: make one, or find one.</param>
    /// <exception cref="InvalidOperationException">There is none to be had; says what to do.</exception>
    public static async Task<LocalAddress> TakeAsync(string? wished)
    {
        if (wished is not null) return new LocalAddress(wished, isMade: false);
        try
        {
            await RemoveAsync(); // left by a run that was killed
            await ChildProcess.RunAsync("ip", "link", "add", Interface, "type", "veth", "peer", "name", OtherEnd);
            await ChildProcess.RunAsync("ip", "address", "add", $"{MadeAddress}/32", "dev", Interface);
            await ChildProcess.RunAsync("ip", "link", "set", Interface, "up");
            await ChildProcess.RunAsync("ip", "link", "set", OtherEnd, "up");
            return new LocalAddress(MadeAddress, isMade: true);
        }
        catch (Exception problem) when (problem is InvalidOperationException or Win32Exception)
        {
            return new LocalAddress(
                Find() ?? throw new InvalidOperationException(
                    $"Janus needs an address that is not a loopback one. Run as root, so that one can be made, or give one with --address. {problem.Message}"),
                isMade: false);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_isMade) await RemoveAsync();
    }

    private static async Task RemoveAsync()
    {
        if (NetworkInterface.GetAllNetworkInterfaces().Any(there => there.Name == Interface)) await ChildProcess.RunAsync("ip", "link", "delete", Interface);
    }

    private static string? Find()
        => NetworkInterface.GetAllNetworkInterfaces()
            .Where(there => there.OperationalStatus == OperationalStatus.Up && there.NetworkInterfaceType != NetworkInterfaceType.Loopback)
            .SelectMany(there => there.GetIPProperties().UnicastAddresses)
            .FirstOrDefault(unicast => unicast.Address.AddressFamily == AddressFamily.InterNetwork && !IPAddress.IsLoopback(unicast.Address))
            ?.Address.ToString();
}
