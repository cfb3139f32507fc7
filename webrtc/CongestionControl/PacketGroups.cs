namespace AV1Relay.WebRtc.CongestionControl;

/// <summary>Puts packets that were sent together into groups, and compares each group with the one before
/// (draft-ietf-rmcat-gcc-02 §5.2, §5.3).</summary>
/// <remarks>Packets of one burst tell nothing about each other: they queue behind themselves.</remarks>
internal sealed class PacketGroups
{
    private static readonly TimeSpan BurstTime = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan LongestMerged = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(3);

    private Group? _before;
    private Group? _current;

    /// <summary>Takes one packet's times.</summary>
    /// <param name="sentAt">By the sender's clock.</param>
    /// <param name="arrival">By the receiver's clock, whose zero doesn't matter.</param>
    /// <param name="change">How two groups that are now complete lie apart.</param>
    /// <returns>Whether <paramref name="change"/> says something.</returns>
    internal bool OnPacket(TimeSpan sentAt, TimeSpan arrival, out GroupChange change)
    {
        change = default;
        if (_current is not { } current)
        {
            _current = new Group(sentAt, arrival);
            return false;
        }

        if ((arrival - current.LastArrival).Duration() > LongestPause)
        {
            // A clock that leapt, or a long silence: nothing on both sides of it can be compared.
            (_before, _current) = (null, new Group(sentAt, arrival));
            return false;
        }

        if (sentAt < current.FirstSent) return false; // of a group that is complete
        if (BelongsTo(current, sentAt, arrival))
        {
            _current = current.With(sentAt, arrival);
            return false;
        }

        var isComparable = _before is { } before && current.LastArrival >= before.LastArrival;
        if (isComparable) change = new GroupChange(current.LastSent - _before!.Value.LastSent, current.LastArrival - _before.Value.LastArrival, current.LastArrival);
        (_before, _current) = (current, new Group(sentAt, arrival));
        return isComparable;
    }

    /// <summary>Sent within 5 ms; or arrived at once, as what a stalled link then lets go does.</summary>
    private static bool BelongsTo(in Group group, TimeSpan sentAt, TimeSpan arrival)
    {
        if (sentAt - group.FirstSent <= BurstTime) return true;
        var apart = arrival - group.LastArrival;
        return apart <= BurstTime && apart < sentAt - group.LastSent && (arrival - group.FirstArrival).Duration() < LongestMerged;
    }

    private readonly record struct Group(TimeSpan FirstSent, TimeSpan LastSent, TimeSpan FirstArrival, TimeSpan LastArrival)
    {
        internal Group(TimeSpan sentAt, TimeSpan arrival)
            : this(sentAt, sentAt, arrival, arrival)
        {
        }

        internal Group With(TimeSpan sentAt, TimeSpan arrival) => this with
        {
            LastSent = sentAt > LastSent ? sentAt : LastSent,
            LastArrival = arrival > LastArrival ? arrival : LastArrival,
        };
    }
}

/// <summary>Two groups that follow each other.</summary>
/// <param name="Sent">Between their departures.</param>
/// <param name="Arrived">Between their arrivals; longer than <paramref name="Sent"/> where a queue grew.</param>
/// <param name="Arrival">Of the later one.</param>
internal readonly record struct GroupChange(TimeSpan Sent, TimeSpan Arrived, TimeSpan Arrival);
