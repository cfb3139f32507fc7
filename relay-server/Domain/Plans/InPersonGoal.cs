namespace AV1Relay.Domain.Plans;

/// <summary>What the plan is for: something that the pupil will do in person. The robot is a way there, never the goal.</summary>
/// <remarks>Always true: it is named, and so is the place.</remarks>
public sealed record InPersonGoal
{
    /// <param name="name">In the pupil's own words where possible.</param>
    /// <param name="place">Where the pupil will then be.</param>
    /// <exception cref="ArgumentException">No name or no place.</exception>
    public InPersonGoal(string name, string place)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentException.ThrowIfNullOrWhiteSpace(place);
        (Name, Place) = (name, place);
    }

    public string Name { get; }

    public string Place { get; }

    /// <remarks>Keeps personal words out of logs.</remarks>
    public override string ToString() => nameof(InPersonGoal);
}
