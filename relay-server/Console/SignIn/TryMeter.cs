namespace AV1Relay.StaffConsole.SignIn;

/// <summary>Lets so many wrong tries through under one name, and then one more each while.</summary>
/// <remarks>
/// Sans-I/O; <c>now</c> is monotonic. Thread-safe. Bounded: names share a table of fixed size by a hash that nobody outside can reckon, so that a flood of
/// made-up names costs no memory, and at worst somebody waits for a stranger now and then. What a place holds is the moment at which all its tries are there
/// again (the generic cell rate algorithm of ITU-T I.371).
/// </remarks>
/// <param name="burst">Tries after a rest.</param>
/// <param name="refill">Until one try more is there.</param>
internal sealed class TryMeter(int burst, TimeSpan refill)
{
    /// <summary>Half a MiB.</summary>
    public const int Places = 1 << 16;

    private readonly long[] _wholeAgainAt = new long[Places];

    /// <summary>Counts a try as wrong before it is known, so that tries side by side are counted too; <see cref="Refund"/> takes it back.</summary>
    /// <returns>False: they have to wait.</returns>
    public bool TryCharge(string name, TimeSpan now)
    {
        ref var place = ref PlaceOf(name);
        while (true)
        {
            var before = Volatile.Read(ref place);
            var after = Math.Max(before, now.Ticks) + refill.Ticks;
            if (after - now.Ticks > burst * refill.Ticks) return false;
            if (Interlocked.CompareExchange(ref place, after, before) == before) return true;
        }
    }

    /// <summary>A try that was charged was right.</summary>
    public void Refund(string name) => Interlocked.Add(ref PlaceOf(name), -refill.Ticks);

    private ref long PlaceOf(string name) => ref _wholeAgainAt[(uint)string.GetHashCode(name, StringComparison.Ordinal) % Places];
}
