using System.Net;
using AV1Relay.Api.Limits;

namespace AV1Relay.RelayServer.Composition;

/// <summary>So many at once from each source, and so many in all. Sources that stand for many others are free.</summary>
internal sealed class PlacesPerSource(int perSource, int inAll, Func<IPAddress, bool> isFree)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _taken = new(StringComparer.Ordinal); // as many entries as there are places taken, at most
    private int _all;

    /// <returns>False when there is none left; otherwise <see cref="GiveBack"/> belongs to it.</returns>
    public bool TryTake(IPAddress? source)
    {
        lock (_lock)
        {
            if (_all >= inAll) return false;
            if (!IsFree(source))
            {
                var name = SourceName.Of(source);
                var taken = _taken.GetValueOrDefault(name);
                if (taken >= perSource) return false;
                _taken[name] = taken + 1;
            }

            _all++;
            return true;
        }
    }

    public void GiveBack(IPAddress? source)
    {
        lock (_lock)
        {
            _all--;
            if (IsFree(source)) return;
            var name = SourceName.Of(source);
            if (_taken[name] == 1) _taken.Remove(name);
            else _taken[name]--;
        }
    }

    private bool IsFree(IPAddress? source) => source is not null && isFree(source.IsIPv4MappedToIPv6 ? source.MapToIPv4() : source);
}
