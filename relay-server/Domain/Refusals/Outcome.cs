using System.Diagnostics.CodeAnalysis;

namespace AV1Relay.Domain.Refusals;

/// <summary>What was asked for, or why not.</summary>
/// <remarks>Always true: either a value or one or more refusals, the most important first. The default value is neither, and throws when it is looked at.</remarks>
public readonly struct Outcome<T>
    where T : class
{
    private readonly T? _value;
    private readonly IReadOnlyList<Refusal>? _refusals;

    internal Outcome(T? value, IReadOnlyList<Refusal>? refusals) => (_value, _refusals) = (value, refusals);

    public bool IsRefused => _value is null;

    /// <summary>Empty when it was done.</summary>
    public IReadOnlyList<Refusal> Refusals => _refusals ?? (_value is null ? throw Neither() : []);

    /// <exception cref="InvalidOperationException">It was refused: ask <see cref="TryGet"/> first.</exception>
    public T Value => _value ?? throw new InvalidOperationException($"It was refused: {string.Join(" ", Refusals)}");

    public static implicit operator Outcome<T>(T value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return new(value, null);
    }

    public static implicit operator Outcome<T>(Refusal refusal)
    {
        ArgumentNullException.ThrowIfNull(refusal);
        return new(null, [refusal]);
    }

    public bool TryGet([NotNullWhen(true)] out T? value, out IReadOnlyList<Refusal> refusals)
    {
        (value, refusals) = (_value, Refusals);
        return value is not null;
    }

    private static InvalidOperationException Neither() => new("This outcome was never set.");
}

/// <summary>Outcomes with more than one refusal.</summary>
public static class Outcome
{
    /// <exception cref="ArgumentException">There is no refusal among them.</exception>
    public static Outcome<T> Refused<T>(IReadOnlyList<Refusal> refusals)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(refusals);
        if (refusals.Count == 0) throw new ArgumentException("A refusal says why.", nameof(refusals));
        return new(null, refusals);
    }
}
