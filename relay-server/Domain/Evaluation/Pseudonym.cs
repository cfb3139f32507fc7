namespace AV1Relay.Domain.Evaluation;

/// <summary>
/// Tells pupils apart within one evaluation and leads back to nobody: whoever gathers the facts makes it, keyed, and forgets the key.
/// It is used to count and is never part of a result.
/// </summary>
public readonly record struct Pseudonym(string Value)
{
    public override string ToString() => Value;
}
