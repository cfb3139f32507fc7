namespace AV1Relay.Domain.Evaluation;

/// <summary>How small a group may be shown.</summary>
/// <remarks>Always true: two pupils or more, since a figure about one is a figure about somebody.</remarks>
public sealed record EvaluationSettings
{
    /// <param name="fewestPupils">A figure that fewer pupils stand behind is kept back.</param>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than two.</exception>
    public EvaluationSettings(int fewestPupils = 5)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(fewestPupils, 2);
        FewestPupils = fewestPupils;
    }

    public int FewestPupils { get; }
}
