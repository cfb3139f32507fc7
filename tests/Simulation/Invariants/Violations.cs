namespace AV1Relay.Tests.Simulation.Invariants;

/// <summary>What a run did that must never happen. The first few are kept in words, all are counted.</summary>
internal sealed class Violations(Func<TimeSpan> now)
{
    private const int Kept = 12;

    private readonly List<string> _words = [];

    public int Count { get; private set; }

    public IReadOnlyList<string> Words => _words;

    public void Add(string words)
    {
        Count++;
        if (_words.Count < Kept) _words.Add($"{now().TotalSeconds:F3} s: {words}");
    }
}
