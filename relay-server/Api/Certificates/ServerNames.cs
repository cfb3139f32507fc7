using System.Net;

namespace AV1Relay.Api.Certificates;

/// <summary>What a server certificate is good for.</summary>
/// <param name="DnsNames">Host names, lower case.</param>
/// <param name="Addresses">Addresses that clients connect to.</param>
public sealed record ServerNames(IReadOnlyCollection<string> DnsNames, IReadOnlyCollection<IPAddress> Addresses);
