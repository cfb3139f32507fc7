using AV1Relay.Hardware.Linux.ServoBus;

namespace AV1Relay.Hardware.Linux.Head;

/// <summary>How one bus servo sits in the head.</summary>
/// <param name="Id">The servo's number.</param>
/// <param name="CentreSteps">Where the head looks straight ahead (pan) or level (tilt).</param>
/// <param name="IsReversed">Its steps grow as the head turns right or looks down.</param>
public sealed record ServoAxisCalibration(byte Id, int CentreSteps = StsServo.StepsPerTurn / 2, bool IsReversed = false)
{
    internal const double StepsPerDegree = StsServo.StepsPerTurn / 360.0;

    /// <summary>The nearest step.</summary>
    public int ToSteps(double degrees) => CentreSteps + (int)Math.Round((IsReversed ? -degrees : degrees) * StepsPerDegree);

    public double ToDegrees(int steps) => (IsReversed ? CentreSteps - steps : steps - CentreSteps) / StepsPerDegree;

    /// <summary>An axis may not cross the servo's seam: there it would go round the other way.</summary>
    /// <exception cref="ArgumentException">It would; the message says what to do.</exception>
    internal void CheckReach(string axis, double min, double max)
    {
        var (from, to) = (Math.Min(ToSteps(min), ToSteps(max)), Math.Max(ToSteps(min), ToSteps(max)));
        if (Id > StsFrame.MaxId) throw new ArgumentException($"A servo's number is 0 to {StsFrame.MaxId}, not {Id}.");
        if (from < 0 || to >= StsServo.StepsPerTurn)
        {
            throw new ArgumentException(
                $"The {axis} servo would need steps {from} to {to} and has 0 to {StsServo.StepsPerTurn - 1}: mount its horn so that straight ahead is near {StsServo.StepsPerTurn / 2}, or give it less range.");
        }
    }
}
