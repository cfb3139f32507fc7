namespace AV1Relay.Tests.Simulation.Clock;

/// <summary>Something that wants to be woken at a virtual time.</summary>
internal interface IEventTarget
{
    /// <param name="what">As it was given to <see cref="EventQueue.Schedule"/>.</param>
    void OnEvent(int what, TimeSpan now);
}

/// <summary>Virtual time: events in the order of their times, those of one time in the order of being scheduled. Nothing else moves the clock.</summary>
internal sealed class EventQueue
{
    private Entry[] _heap = new Entry[256];
    private long _scheduled;

    public TimeSpan Now { get; private set; }

    public int Count { get; private set; }

    public int MostAtOnce { get; private set; }

    public void Schedule(TimeSpan at, IEventTarget target, int what)
    {
        if (at < Now) at = Now;
        if (Count == _heap.Length) Array.Resize(ref _heap, 2 * _heap.Length);
        var entry = new Entry(at.Ticks, _scheduled++, target, what);
        var index = Count++;
        MostAtOnce = Math.Max(MostAtOnce, Count);
        while (index > 0)
        {
            var parent = (index - 1) / 2;
            if (!entry.IsBefore(_heap[parent])) break;
            _heap[index] = _heap[parent];
            index = parent;
        }

        _heap[index] = entry;
    }

    /// <summary>Runs everything up to a time, which is then the present.</summary>
    public void RunUntil(TimeSpan end)
    {
        while (Count > 0 && _heap[0].At <= end.Ticks)
        {
            var next = TakeFirst();
            Now = TimeSpan.FromTicks(next.At);
            next.Target.OnEvent(next.What, Now);
        }

        Now = end;
    }

    private Entry TakeFirst()
    {
        var first = _heap[0];
        var moved = _heap[--Count];
        _heap[Count] = default;
        if (Count == 0) return first;
        var index = 0;
        while (true)
        {
            var child = 2 * index + 1;
            if (child >= Count) break;
            if (child + 1 < Count && _heap[child + 1].IsBefore(_heap[child])) child++;
            if (!_heap[child].IsBefore(moved)) break;
            _heap[index] = _heap[child];
            index = child;
        }

        _heap[index] = moved;
        return first;
    }

    private readonly record struct Entry(long At, long Order, IEventTarget Target, int What)
    {
        public bool IsBefore(in Entry other) => At < other.At || (At == other.At && Order < other.Order);
    }
}
