namespace AV1Relay.Hardware.Linux.Power;

/// <summary>A pack of lithium-ion cells in series, with the shunt in its lead.</summary>
/// <param name="Cells">In series.</param>
/// <param name="ShuntOhms">Of the resistor that the current is measured by; 0.1 on the usual breakout.</param>
/// <param name="PackOhms">Of cells and leads: the voltage under load is lower by this much an ampere.</param>
public sealed record BatteryPack(int Cells = 2, double ShuntOhms = 0.1, double PackOhms = 0.12)
{
    // A resting cell's voltage and what is left, in percent. Makers' curves differ by some percent; the middle is flat for all.
    private static readonly (double Volts, double Percent)[] Curve =
        [(3.20, 0), (3.60, 7), (3.70, 15), (3.75, 27), (3.80, 42), (3.87, 60), (3.95, 72), (4.05, 85), (4.18, 100)];

    /// <param name="volts">At the pack's terminals.</param>
    /// <param name="amperesDrawn">Out of it; negative while it is charged.</param>
    /// <returns>0…100.</returns>
    public double PercentAt(double volts, double amperesDrawn)
    {
        var cell = (volts + (amperesDrawn * PackOhms)) / Cells;
        if (cell <= Curve[0].Volts) return 0;
        for (var i = 1; i < Curve.Length; i++)
        {
            var (below, above) = (Curve[i - 1], Curve[i]);
            if (cell < above.Volts) return below.Percent + ((above.Percent - below.Percent) * (cell - below.Volts) / (above.Volts - below.Volts));
        }

        return 100;
    }
}
