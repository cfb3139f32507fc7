namespace AV1Relay.Tests.Simulation.Invariants;

/// <summary>Something that may be wrong for a while, and has to come right by itself.</summary>
internal struct Watch(string what, TimeSpan patience)
{
    private TimeSpan _fineAt;

    /// <param name="disturbedUntil">Patience begins there.</param>
    public void Check(string who, bool isFine, TimeSpan now, TimeSpan disturbedUntil, Violations violations)
    {
        if (isFine || now < disturbedUntil)
        {
            _fineAt = now;
            return;
        }

        if (_fineAt < disturbedUntil) _fineAt = disturbedUntil;
        if (now - _fineAt <= patience) return;
        violations.Add($"{who}: {what} for over {patience.TotalSeconds:F1} s");
        _fineAt = now;
    }
}
