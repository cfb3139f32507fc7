namespace AV1Relay.Api.Join;

/// <summary>Codes by which today's step was looked at already: the audit says so once for each, however often a page is opened.</summary>
/// <remarks>Bounded; the oldest is forgotten first, and would be noted once more.</remarks>
internal sealed class LookedAtCodes
{
    private const int Most = 4_096; // far more than are good in one quarter of an hour
    private readonly Lock _lock = new();
    private readonly HashSet<string> _known = [];
    private readonly Queue<string> _inOrder = [];

    public bool Has(string code)
    {
        lock (_lock) return _known.Contains(code);
    }

    public void Add(string code)
    {
        lock (_lock)
        {
            if (!_known.Add(code)) return;
            _inOrder.Enqueue(code);
            if (_inOrder.Count > Most) _known.Remove(_inOrder.Dequeue());
        }
    }
}
